/* Keys in a table: arrows or J K move, Enter opens, X marks, / searches, E exports. Off in fields; can be turned off. */
(() => {
  "use strict";
  const STORE = "sauro-keys";
  const on = () => localStorage.getItem(STORE) !== "off";
  const typing = (node) => node.closest?.("input, textarea, select, [contenteditable], [role='combobox'], [role='listbox']");
  const links = () => [...document.querySelectorAll("[data-keys] .row-link")].filter((link) => link.offsetParent);

  const move = (step) => {
    const all = links();
    if (!all.length) return false;
    const now = all.indexOf(document.activeElement.closest?.(".row-link"));
    const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + step))];
    next.focus();
    next.closest("tr, li").scrollIntoView({ block: "nearest" });
    return true;
  };

  const mark = () => {
    const box = document.activeElement.closest?.("tr, li")?.querySelector("input[type=checkbox]");
    if (!box) return false;
    box.click();
    return true;
  };

  const search = () => {
    const field = [...document.querySelectorAll("[data-search], [data-search-top]")].find((node) => node.offsetParent);
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  };

  const leave = () => {
    const link = document.querySelector("[data-export]");
    if (!link) return false;
    link.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !on()) return;
    const inside = event.target.closest?.("[data-keys]");
    const acts = { j: () => move(1), k: () => move(-1), x: mark, "/": search, e: leave };
    if (inside) Object.assign(acts, { arrowdown: () => move(1), arrowup: () => move(-1) });
    if (acts[event.key.toLowerCase()]?.()) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const row = event.target.matches?.("[data-keys] input[type=checkbox]") && event.target.closest("tr, li");
    if (row) row.classList.toggle("is-marked", event.target.checked);
  });

  const label = (button) => {
    button.textContent = on() ? button.dataset.off : button.dataset.on;
    button.setAttribute("aria-pressed", String(!on()));
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-keys-toggle]");
    if (!button) return;
    localStorage.setItem(STORE, on() ? "off" : "on");
    document.querySelectorAll("[data-keys-toggle]").forEach(label);
  });
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-keys-toggle]").forEach(label));
})();
