/* The review: the place of what is chosen is lit in the source, changes are sent one after another, and only what
   changed is drawn again. Everything works without this, as plain forms. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const review = () => $("#duyet");

  /* ---- The source ---- */
  const holder = (spot) => {
    const [block, cell] = spot.split(":");
    const row = $(`#nguon [data-block="${block}"]`);
    return row && cell !== "" ? $(`[data-cell="${cell}"]`, row) : row;
  };
  const marks = (spot) => {
    if (!spot) return [];
    const [, , start, end] = spot.split(":").map(Number);
    const place = holder(spot);
    if (!place) return [];
    const parts = all("[data-s]", place);
    const over = parts.filter((m) => end <= start || (Number(m.dataset.s) < end && Number(m.dataset.e) > start));
    /* Where the whole of a cell was read, the cell itself is framed. */
    const words = over.reduce((n, m) => n + m.textContent.length, 0);
    const whole = place.matches("td") && words >= 0.9 * place.textContent.trim().length;
    return over.length && !whole ? over : [place];
  };
  let lit = "";
  const light = (spot, { move = true } = {}) => {
    if (!spot || !review()) return;
    if (spot !== lit) {
      all("#nguon .chosen[data-s], #nguon .chosen[data-cell], #nguon .chosen[data-block]").forEach((m) => m.classList.remove("chosen"));
      all("#nguon .is-row").forEach((m) => m.classList.remove("is-row"));
      marks(spot).forEach((m) => m.classList.add("chosen"));
      holder(spot)?.closest("tr")?.classList.add("is-row");
      lit = spot;
    }
    const first = marks(spot)[0];
    if (move && first) bring(first);
  };
  const bring = (mark) => {
    const pane = $("#nguon");
    const box = mark.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) {
      pane.scrollTop += box.top - frame.top - frame.height / 3;
    }
  };
  const number = () => {
    all("#nguon .doubt-n").forEach((n) => n.remove());
    all("#muc [data-doubt]").forEach((row, i) => {
      const n = $("[data-n]", row);
      if (n) n.textContent = i + 1;
      const last = marks(row.dataset.spot).at(-1);
      if (!last) return;
      const there = $(".doubt-n", last);
      if (there) {
        there.textContent += `, ${i + 1}`;
        return;
      }
      const sign = document.createElement("span");
      sign.className = "doubt-n";
      sign.textContent = i + 1;
      last.append(sign);
    });
  };
  const page = () => {
    const now = $("[data-page-now] b");
    const pane = $("#nguon");
    if (!now || !pane) return;
    const top = pane.getBoundingClientRect().top + 60;
    const past = all("[data-page]", pane).filter((p) => p.getBoundingClientRect().top < top);
    now.textContent = past.length ? past.at(-1).dataset.page : 1;
  };

  /* ---- Choosing: what has the focus, or was pressed, at the right ---- */
  const choose = (row) => {
    all("#muc .is-now").forEach((r) => r.classList.remove("is-now"));
    if (row.matches("[data-doubt]")) row.classList.add("is-now");
  };
  const chosen = (event) => {
    const spotted = event.target.closest?.("#muc [data-spot]");
    if (!spotted) return;
    const row = event.target.closest("[data-doubt], [data-item]");
    if (row) choose(row);
    light(spotted.dataset.spot || row?.dataset.spot || "");
  };
  document.addEventListener("focusin", chosen);
  document.addEventListener("click", chosen);

  const enter = (row) => {
    if (!row) return;
    choose(row);
    light(row.dataset.spot);
    row.scrollIntoView({ block: "nearest" });
    const first = $("[role=combobox], .proposals button, input[type=text], [data-main], .item-link", row);
    first?.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const go = event.target.closest?.("[data-go]");
    if (go) {
      const rows = all("#muc [data-doubt], #muc [data-item]");
      const at = rows.findIndex((r) => r.classList.contains("is-now") || r.contains(document.activeElement) || r.dataset.spot === lit);
      enter(rows[Math.min(rows.length - 1, Math.max(0, at + Number(go.dataset.go)))]);
    }
    const mark = event.target.closest?.("#nguon [data-s]");
    if (mark) {
      const row = all("#muc [data-spot]").filter((r) => r.dataset.spot).find((r) => marks(r.dataset.spot).some((m) => m === mark || m === mark.closest("td")));
      if (row) {
        light(row.dataset.spot, { move: false });
        (row.closest("[data-doubt], [data-item]") || row).scrollIntoView({ block: "nearest" });
        $("textarea:not([hidden]), input[type=text], [role=combobox], .item-link", row)?.focus({ preventScroll: true });
      }
    }
  });

  /* The source follows the list at the right. */
  let waiting = 0;
  const follow = () => {
    waiting = 0;
    const pane = $("#muc");
    if (!pane || pane.contains(document.activeElement)) return;
    const top = pane.getBoundingClientRect().top + 8;
    const first = all("[data-doubt], [data-item]", pane).find((r) => r.dataset.spot && r.getBoundingClientRect().bottom > top);
    if (first) light(first.dataset.spot);
  };
  document.addEventListener("scroll", (event) => {
    if (event.target.id === "nguon") page();
    if (event.target.id === "muc" && !waiting) waiting = requestAnimationFrame(follow);
  }, true);

  /* ---- Sending ---- */
  document.addEventListener("htmx:configRequest", (event) => {
    const version = $("#phien-ban");
    if (version && event.detail.verb === "post" && event.detail.elt.closest("#duyet")) {
      event.detail.parameters.version = version.value;
    }
    if (event.detail.elt.matches("[data-item-form]")) onlyTyped(event);
  });
  /* Of a form only what the person changed since the last saving is sent: a field that follows from another
     must not be sent back as it was. */
  const controls = (form) => all("[name^='v:']", form);
  const was = (control) => (control.options ? [...control.options].find((o) => o.defaultSelected)?.value ?? "" : control.defaultValue);
  const keep = (control, value) => {
    if (control.options) [...control.options].forEach((o) => { o.defaultSelected = o.value === value; });
    else control.defaultValue = value;
  };
  const onlyTyped = (event) => {
    const { parameters, elt, triggeringEvent } = event.detail;
    if (triggeringEvent?.submitter?.name === "xem" || parameters.xem) return;
    const typed = controls(elt).filter((c) => c.value !== was(c));
    const names = new Set(typed.map((c) => c.name));
    for (const control of controls(elt)) if (!names.has(control.name)) delete parameters[control.name];
    if (!names.size) event.preventDefault();
    elt.sauroSent = Object.fromEntries(typed.map((c) => [c.name, c.value]));
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    const said = event.detail.xhr.getResponseHeader("HX-Trigger-After-Settle");
    if (!form.matches?.("[data-item-form]") || !event.detail.successful || !said) return;
    const told = JSON.parse(said)["sauro:changed"];
    const sent = form.sauroSent || {};
    for (const control of controls(form)) {
      const path = control.name.slice(2);
      const value = told.values[path];
      if (told.errors[path]) {
        wrong(path, told.errors[path]);
      } else if (control.name in sent) {
        wrong(path, "");
        keep(control, sent[control.name]);
      }
      if (value !== undefined && control.value === was(control)) {
        keep(control, value);
        control.value = value;
        control.dispatchEvent(new CustomEvent("sauro:drawn"));
      }
    }
    if (told.seen) {
      all("[data-low]", form).forEach((n) => n.remove());
      $("[data-seen]", form)?.remove();
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 409 && event.detail.serverResponse) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  const say = (words) => {
    const place = $("#xung-dot");
    if (!place) return;
    const note = document.createElement("p");
    note.className = "note note-late";
    note.textContent = words;
    place.replaceChildren(note);
    place.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:sendError", () => say(review()?.dataset.offline || ""));

  const wrong = (path, words) => {
    const field = $(`[data-field="${CSS.escape(path)}"]`);
    if (!field) return;
    const error = $(".field-error", field);
    const control = $(".form-control, .form-select", field);
    field.classList.toggle("has-error", Boolean(words));
    field.classList.toggle("is-kept", !words);
    error.hidden = !words;
    $("span", error).textContent = words || "";
    control?.classList.toggle("is-wrong", Boolean(words));
    if (words) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  };

  document.addEventListener("sauro:changed", (event) => {
    const told = event.detail;
    const rows = all("#muc [data-doubt]");
    const now = rows.findIndex((r) => told.gone.includes(r.dataset.doubt));
    rows.filter((r) => told.gone.includes(r.dataset.doubt)).forEach((r) => r.remove());
    told.settled.forEach((spot) => marks(spot).forEach((m) => {
      [m, ...all(".doubt", m)].filter((x) => x.matches(".doubt")).forEach((x) => x.classList.replace("doubt", "read"));
    }));
    const left = all("#muc [data-doubt]");
    if (now >= 0) {
      if (left.length) enter(left[Math.min(now, left.length - 1)]);
      else $("#thong-qua button")?.focus();
    }
    const none = $("#muc .doubts-none");
    if (none) none.hidden = left.length > 0;
    number();
    if (told.focus) requestAnimationFrame(() => enter(document.getElementById(told.focus)));
  });
  document.addEventListener("sauro:refused", (event) => {
    const row = document.getElementById(`ngo-${event.detail.key}`);
    if (!row) {
      say(event.detail.sentence);
      return;
    }
    const error = $(".field-error", row);
    error.hidden = false;
    $("span", error).textContent = event.detail.sentence;
  });

  /* ---- Items fold and unfold in place ---- */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-unfold]");
    if (!link || event.ctrlKey || event.metaKey || event.button) return;
    event.preventDefault();
    const item = link.closest(".item");
    const open = item.classList.contains("is-open");
    htmx.ajax("GET", link.dataset.unfold + (open ? "&gap=1" : ""), { target: item, swap: "outerHTML", source: item }).then(() => {
      const drawn = document.getElementById(item.id);
      $(".item-link", drawn)?.focus({ preventScroll: true });
      if (!open) drawn?.scrollIntoView({ block: "nearest" });
    });
  });
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("#the a");
    if (!tab) return;
    all("#the a").forEach((a) => a.removeAttribute("aria-current"));
    tab.setAttribute("aria-current", "page");
  });
  /* Where a task's words are to be cut: the place of the cursor. */
  for (const kind of ["keyup", "click", "select"]) {
    document.addEventListener(kind, (event) => {
      const area = event.target;
      if (!area.matches?.("textarea[name$='.title']")) return;
      const cut = $("[data-cut]", area.closest(".item"));
      if (cut) cut.value = area.selectionStart > 0 && area.selectionStart < area.value.length ? area.selectionStart : "";
    });
  }

  /* ---- Names of units: the lines of a text field as chips ---- */
  let serial = 0;
  const names = (area) => {
    const id = `ten-${++serial}`;
    const box = document.createElement("div");
    const list = document.createElement("ul");
    const combo = document.createElement("div");
    const input = document.createElement("input");
    const options = document.createElement("ul");
    box.className = "names";
    list.className = "names-list";
    combo.className = "combo";
    options.className = "combo-list";
    options.id = id;
    options.hidden = true;
    options.setAttribute("role", "listbox");
    input.className = "form-control";
    input.type = "text";
    input.autocomplete = "off";
    input.placeholder = area.dataset.add;
    input.id = `${id}-go`;
    const label = $(`label[for="${CSS.escape(area.id)}"]`);
    if (label) {
      label.htmlFor = input.id;
      options.setAttribute("aria-label", label.textContent.trim());
      list.setAttribute("aria-label", label.textContent.trim());
    }
    for (const [key, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id]]) input.setAttribute(key, value);
    combo.append(input, options);
    box.append(list, combo);
    area.hidden = true;
    area.after(box);
    const lines = () => area.value.split("\n").map((l) => l.trim()).filter(Boolean);
    const draw = () => {
      list.replaceChildren(...lines().map((name, i) => {
        const row = document.createElement("li");
        const drop = document.createElement("button");
        drop.type = "button";
        drop.textContent = "×";
        drop.setAttribute("aria-label", `${area.dataset.remove} ${name}`);
        drop.addEventListener("click", () => put(lines().filter((_, at) => at !== i)));
        row.append(name, drop);
        return row;
      }));
    };
    const put = (next) => {
      area.value = next.join("\n");
      draw();
      input.focus();
      area.dispatchEvent(new Event("change", { bubbles: true }));
    };
    let found = [];
    let at = 0;
    let round = 0;
    let timer;
    /* What is still being looked for must not open the list again over what was chosen meanwhile. */
    const close = () => {
      clearTimeout(timer);
      round += 1;
      options.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (index) => {
      at = (index + found.length) % found.length;
      [...options.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", options.children[at].id);
      options.children[at].scrollIntoView({ block: "nearest" });
    };
    const take = (index) => {
      if (!found[index]) return;
      const name = found[index].name;
      input.value = "";
      close();
      if (!lines().includes(name)) put([...lines(), name]);
    };
    const ask = async () => {
      const words = input.value.trim();
      if (!words) return close();
      const mine = ++round;
      const answer = await fetch(`${area.dataset.units}?q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
      if (mine !== round || !answer.ok) return;
      found = (await answer.json()).results;
      found.push({ name: words, note: area.dataset.keep });
      options.replaceChildren(...found.map((item, i) => {
        const row = document.createElement("li");
        row.id = `${id}-${i}`;
        row.setAttribute("role", "option");
        row.append(item.name);
        if (item.note) {
          const note = document.createElement("span");
          note.className = "row-sub";
          note.textContent = item.note;
          row.append(note);
        }
        return row;
      }));
      options.hidden = false;
      input.setAttribute("aria-expanded", "true");
      point(0);
    };
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("keydown", (event) => {
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length && !options.hidden) {
        event.preventDefault();
        point(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!options.hidden) take(at);
      } else if (event.key === "Escape" && !options.hidden) {
        event.stopPropagation();
        close();
      } else if (event.key === "Backspace" && !input.value && lines().length) {
        put(lines().slice(0, -1));
      }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    options.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = event.target.closest("[role=option]");
      if (row) take([...options.children].indexOf(row));
    });
    area.addEventListener("sauro:drawn", draw);
    draw();
  };
  const start = (root) => {
    for (const area of all("textarea[data-units]:not([data-on])", root)) {
      area.dataset.on = "";
      names(area);
    }
    if (review()) number();
  };
  document.addEventListener("htmx:afterSettle", (event) => start(event.target.parentElement || document));
  document.addEventListener("DOMContentLoaded", () => {
    start(document);
    page();
    const first = $("#muc [data-doubt], #muc .is-open");
    if (first && review()) {
      choose(first);
      light(first.dataset.spot);
    }
  });
})();
