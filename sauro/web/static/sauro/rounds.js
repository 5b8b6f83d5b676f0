/* The consolidated report: a refused save says why in its place; text is copied by its button. */
(() => {
  "use strict";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.elt?.closest?.("form[data-section]");
    if (form && (event.detail.xhr.status === 409 || event.detail.xhr.status === 422)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const said = button.querySelector("[data-copy-words]");
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      /* Without permission for the clipboard the text is chosen, so that Ctrl+C takes it. */
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
    said.textContent = button.dataset.copied;
  });
})();
