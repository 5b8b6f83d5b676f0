/* Choice by typing, with or without diacritics. Two forms:
   [data-combo][data-url]: asks the address with ?q= and takes {"results": [{id, name, note}]};
   select[data-combo]: the options of the select itself; with `multiple`, chosen ones stand above as chips. */
(() => {
  "use strict";
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  let serial = 0;

  const option = (item, index, id) => {
    const row = document.createElement("li");
    row.id = `${id}-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(index === 0));
    row.append(item.name);
    if (item.note) {
      const note = document.createElement("span");
      note.className = "row-sub";
      note.textContent = item.note;
      row.append(note);
    }
    return row;
  };

  const behave = (input, list, find, choose) => {
    let items = [];
    let at = 0;
    let round = 0;
    let timer;
    /* What is still being looked for must not open the list again over what was chosen meanwhile. */
    const close = () => {
      clearTimeout(timer);
      round += 1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (index) => {
      at = (index + items.length) % items.length;
      [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
      list.children[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const open = async () => {
      const mine = ++round;
      const found = await find(input.value.trim());
      if (mine !== round) return;
      items = found;
      list.replaceChildren(...items.map((item, index) => option(item, index, list.id)));
      if (!items.length) return close();
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      point(0);
    };
    const take = (index) => {
      if (!items[index]) return;
      choose(items[index]);
      close();
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(open, 120);
    });
    input.addEventListener("keydown", (event) => {
      const shut = list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (shut) open();
        else point(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && !shut) {
        event.preventDefault();
        take(at);
      } else if (event.key === "Escape" && !shut) {
        event.stopPropagation();
        close();
      }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = event.target.closest("[role=option]");
      if (row) take([...list.children].indexOf(row));
    });
  };

  const remote = (box) => {
    const input = box.querySelector("[role=combobox]");
    const value = box.querySelector("[data-combo-value]");
    input.addEventListener("input", () => { value.value = ""; });
    behave(input, box.querySelector("[role=listbox]"), async (words) => {
      const joint = box.dataset.url.includes("?") ? "&" : "?";
      const answer = await fetch(`${box.dataset.url}${joint}q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
      return answer.ok ? (await answer.json()).results : [];
    }, (item) => {
      input.value = item.name;
      value.value = item.id;
      value.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };

  const local = (select) => {
    const id = `combo-${++serial}`;
    const options = [...select.options].filter((o) => o.value).map((o) => ({ id: o.value, name: o.text, note: o.dataset.note, key: fold(`${o.text} ${o.dataset.note || ""}`), option: o }));
    const box = document.createElement("div");
    const input = document.createElement("input");
    const list = document.createElement("ul");
    const chosen = document.createElement("ul");
    box.className = "combo";
    chosen.className = "combo-chosen";
    Object.assign(input, { className: "form-control", type: "text", autocomplete: "off", id: `${id}-in`, placeholder: select.dataset.placeholder || "" });
    Object.assign(list, { className: "combo-list", id, hidden: true });
    list.setAttribute("role", "listbox");
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (label) {
      label.htmlFor = input.id;
      list.setAttribute("aria-label", label.textContent.trim());
    }
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id]]) input.setAttribute(name, value);
    if (select.getAttribute("aria-describedby")) input.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
    const draw = () => {
      if (!select.multiple) {
        input.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : "";
        return;
      }
      chosen.replaceChildren(...[...select.selectedOptions].map((o) => {
        const row = document.createElement("li");
        const button = document.createElement("button");
        row.className = "chip chip-info";
        button.type = "button";
        button.textContent = "×";
        button.setAttribute("aria-label", `${select.dataset.remove || ""} ${o.text}`.trim());
        button.addEventListener("click", () => {
          o.selected = false;
          changed();
          input.focus();
        });
        row.append(o.text, button);
        return row;
      }));
    };
    const changed = () => {
      draw();
      select.dispatchEvent(new Event("change", { bubbles: true }));
      select.dispatchEvent(new Event("input", { bubbles: true }));
    };
    behave(input, list, async (words) => {
      const parts = fold(words).split(/\s+/).filter(Boolean);
      return options.filter((o) => !(select.multiple && o.option.selected) && parts.every((part) => o.key.includes(part))).slice(0, 40);
    }, (item) => {
      if (!select.multiple) [...select.options].forEach((o) => { o.selected = false; });
      item.option.selected = true;
      if (select.multiple) input.value = "";
      changed();
    });
    input.addEventListener("blur", () => {
      if (select.multiple) return;
      if (!input.value.trim() && select.querySelector("option[value='']")) {
        select.value = "";
        changed();
      } else {
        setTimeout(draw, 160);
      }
    });
    select.hidden = true;
    select.before(box);
    if (select.multiple) box.append(chosen);
    box.append(input, list);
    draw();
  };

  const start = (root) => {
    for (const box of root.querySelectorAll("[data-combo]:not([data-combo-on])")) {
      box.dataset.comboOn = "";
      if (box.matches("select")) local(box);
      else remote(box);
    }
  };
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:afterSettle", (event) => start(event.target));
})();
