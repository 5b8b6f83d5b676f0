/* Registers: on a phone the filters start folded; a new page of results starts at its top. */
(() => {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    const fold = document.querySelector("details[data-fold]");
    if (fold && matchMedia("(max-width: 700px)").matches) fold.open = false;
  });
})();
