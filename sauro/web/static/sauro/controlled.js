/* The editor of a draft: what can't be saved stays in this browser and comes back. Saving itself is htmx's. */
(() => {
  "use strict";
  const form = document.getElementById("ban-soan");
  if (!form || !form.dataset.kept) return;
  const key = `sauro-draft:${form.dataset.kept}`;
  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "version"].includes(name));

  const say = (words, late) => {
    const place = document.getElementById("da-luu");
    place.classList.toggle("is-late", late);
    (place.querySelector("[data-saved-words]") || place).textContent = words;
  };
  const keep = (words) => {
    localStorage.setItem(key, JSON.stringify(typed()));
    say(words, true);
  };

  /* 409 and 422 carry words for the person; a page of sign-in in place of an answer means that the session has ended. */
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.responseURL && new URL(xhr.responseURL).pathname === form.dataset.login) {
      event.detail.shouldSwap = false;
      keep(form.dataset.ended);
    } else if (xhr.status === 409 || xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
      event.detail.target = document.getElementById("da-luu");
      event.detail.swapOverride = "outerHTML";
    } else if (xhr.status < 300) {
      localStorage.removeItem(key);
    }
  });
  /* Once the form itself is sent, what it would have saved by itself is in it. */
  form.addEventListener("submit", () => { form.dataset.gone = "1"; });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === form && form.dataset.gone) event.preventDefault();
  });
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(kind, () => keep(form.dataset.failed));
  }
  window.addEventListener("online", () => {
    if (localStorage.getItem(key)) form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* A row that was added stands ready to be written in. */
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const button = event.detail.requestConfig?.elt;
    if (button?.name !== "add") return;
    const rows = document.querySelectorAll(`#phan-${button.value} .doc-row`);
    rows[rows.length - 1]?.querySelector("input, textarea")?.focus();
  });

  const kept = localStorage.getItem(key);
  if (kept) {
    let missing = false;
    for (const [name, value] of JSON.parse(kept)) {
      const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (field) field.value = value;
      else if (value) missing = true;
    }
    /* A row that the page doesn't have yet is kept for when it is added. */
    if (!missing) localStorage.removeItem(key);
    say(form.dataset.back, false);
    setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })), 200);
  }
})();
