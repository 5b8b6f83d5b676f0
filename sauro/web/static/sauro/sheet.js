/* The sheet: each row saves itself a moment after it was typed in, one request at a time; arrows and Enter go from cell
   to cell; a block copied from Excel spreads over the cells. Without scripts it is a plain form. */
(() => {
  "use strict";
  const form = document.querySelector("[data-sheet]");
  if (!form) return;
  const PAUSE = 900;
  const timers = new Map();
  const dirty = new Set();
  const busy = new Set();
  const cellsOf = (row) => [...row.querySelectorAll("[data-cell]")];
  const rows = () => [...form.querySelectorAll("tr[data-url]")];

  const say = (row, words, late) => {
    const place = row.querySelector("[data-saved]");
    place.textContent = words;
    place.classList.toggle("is-late", late);
  };
  const put = (row, kind, name, words) => {
    const place = row.querySelector(`[data-${kind}${name ? `="${name}"` : ""}]`);
    if (!place) return;
    place.textContent = words || "";
    place.hidden = !words;
  };
  const shown = (row, answer) => {
    row.querySelector("[name^=version_]").value = answer.version;
    for (const cell of cellsOf(row)) {
      const name = cell.dataset.cell;
      const fault = answer.faults[name];
      cell.classList.toggle("is-wrong", Boolean(fault));
      if (fault) cell.setAttribute("aria-invalid", "true"); else cell.removeAttribute("aria-invalid");
      put(row, "fault", name, fault);
      put(row, "theirs", name, answer.theirs[name] ? `${form.dataset.now} ${answer.theirs[name]}` : "");
    }
    put(row, "said", "", answer.said);
    row.classList.toggle("is-faulty", !answer.saved);
    say(row, answer.saved, false);
    if (answer.saved && answer.ready) row.querySelector("[name=nop]").checked = true;
  };

  const send = async (row) => {
    dirty.delete(row);
    say(row, form.dataset.saving, false);
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const field of row.querySelectorAll("[data-cell], [name^=version_]")) data.append(field.name, field.value);
    try {
      const answer = await fetch(row.dataset.url, { method: "POST", body: data });
      if (answer.redirected && new URL(answer.url).pathname === form.dataset.login) {
        dirty.add(row);
        say(row, form.dataset.ended, true);
      } else if (answer.status === 200 || answer.status === 422) {
        shown(row, await answer.json());
      } else {
        throw new Error(String(answer.status));
      }
    } catch (_error) {
      dirty.add(row);
      say(row, form.dataset.failed, true);
      busy.delete(row);
      return;
    }
    busy.delete(row);
    if (row.dataset.again) {
      delete row.dataset.again;
      save(row);
    }
  };
  /* One after another, also those of a block that was pasted: the server is not asked for thirty things at once. */
  let queue = Promise.resolve();
  const save = (row) => {
    if (busy.has(row)) {
      row.dataset.again = "1";
      return;
    }
    busy.add(row);
    queue = queue.then(() => send(row));
  };
  const later = (row, pause) => {
    dirty.add(row);
    clearTimeout(timers.get(row));
    timers.set(row, setTimeout(() => save(row), pause));
  };
  form.addEventListener("input", (event) => {
    const row = event.target.closest("tr[data-url]");
    if (row && event.target.matches("[data-cell]")) later(row, PAUSE);
  });
  window.addEventListener("online", () => dirty.forEach((row) => later(row, 0)));
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size || busy.size) event.preventDefault();
  });
  /* What is still on its way is waited for, so that the form carries the version that it will have. */
  form.addEventListener("submit", (event) => {
    timers.forEach((timer) => clearTimeout(timer));
    if (busy.size) {
      event.preventDefault();
      setTimeout(() => form.requestSubmit(event.submitter), 100);
      return;
    }
    dirty.clear();
  });

  const beside = (cell, down, right) => {
    const all = rows();
    const at = all.indexOf(cell.closest("tr"));
    if (down) return all[at + down]?.querySelector(`[data-cell="${cell.dataset.cell}"]`);
    const line = cellsOf(all[at]);
    return line[line.indexOf(cell) + right];
  };
  const go = (event, cell) => {
    if (!cell) return;
    event.preventDefault();
    cell.focus();
    cell.select();
  };
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("[data-cell]") || event.isComposing || event.ctrlKey || event.metaKey) return;
    const { selectionStart: from, selectionEnd: to, value } = cell;
    const whole = from === 0 && to === value.length;
    const first = whole || (to === 0);
    const last = whole || (from === value.length);
    if (event.key === "Enter") {
      if (event.altKey && cell.tagName === "TEXTAREA") {
        event.preventDefault();
        cell.setRangeText("\n", from, to, "end");
        cell.dispatchEvent(new Event("input", { bubbles: true }));
      } else if (!event.altKey) {
        event.preventDefault();
        go(event, beside(cell, event.shiftKey ? -1 : 1, 0));
      }
    } else if (event.shiftKey || event.altKey) {
      return;
    } else if (event.key === "ArrowDown" && last) go(event, beside(cell, 1, 0));
    else if (event.key === "ArrowUp" && first) go(event, beside(cell, -1, 0));
    else if (event.key === "ArrowRight" && last) go(event, beside(cell, 0, 1));
    else if (event.key === "ArrowLeft" && first) go(event, beside(cell, 0, -1));
  });

  /* What Excel puts on the clipboard: tabs between cells, lines between rows, quotes round a cell that has either. */
  const blockOf = (text) => {
    const block = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const sign = text[i];
      const line = block[block.length - 1];
      if (quoted) {
        if (sign === '"' && text[i + 1] === '"') { line[line.length - 1] += '"'; i += 1; }
        else if (sign === '"') quoted = false;
        else line[line.length - 1] += sign;
      } else if (sign === '"' && line[line.length - 1] === "") quoted = true;
      else if (sign === "\t") line.push("");
      else if (sign === "\n") block.push([""]);
      else if (sign !== "\r") line[line.length - 1] += sign;
    }
    if (block.length > 1 && block[block.length - 1].join("") === "") block.pop();
    return block;
  };
  form.addEventListener("paste", (event) => {
    const cell = event.target;
    if (!cell.matches("[data-cell]")) return;
    const text = event.clipboardData.getData("text/plain");
    const one = cell.dataset.cell === "progress";
    if (!text.includes("\t") && !(one && text.trim().includes("\n"))) return;
    event.preventDefault();
    const all = rows();
    const top = all.indexOf(cell.closest("tr"));
    blockOf(text).forEach((line, down) => {
      const row = all[top + down];
      if (!row) return;
      const cells = cellsOf(row);
      const start = cells.findIndex((other) => other.dataset.cell === cell.dataset.cell);
      if (start < 0) return;
      line.forEach((words, right) => {
        if (cells[start + right]) cells[start + right].value = words;
      });
      later(row, 0);
    });
  });
})();
