/* The frame: menus close by themselves, "/" goes to the search, Escape hides a tip, focus goes to a summary of errors. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("focusin", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    root.classList.add("tips-off");
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  for (const kind of ["pointermove", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (!event.target.closest?.("[data-tip]")) root.classList.remove("tips-off");
    }, { passive: true });
  }

  /* On a phone the row of links is wider than the screen: the current one is brought into view. */
  const showCurrent = () => {
    for (const current of document.querySelectorAll(".subtabs > [aria-current]")) {
      const row = current.parentElement;
      row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
    }
  };
  document.addEventListener("DOMContentLoaded", showCurrent);

  const focusErrors = () => document.querySelector("[data-errors]")?.focus();
  document.addEventListener("DOMContentLoaded", focusErrors);
  document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector?.("[data-errors]")?.focus());

  /* A select or a box of a filter form sends the form itself; without scripts its button does. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-live]");
    if (form && !form.hasAttribute("hx-get")) form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[aria-disabled='true']")) event.preventDefault();
    if (event.target.closest?.("[data-print]")) window.print();
  });
})();
