/* A form that saves itself: form[data-autosave=URL] is sent a moment after typing; [data-saved] says when.
   What couldn't be sent is kept in this browser until it can be. A form that is being sent can't be sent twice. */
(() => {
  "use strict";
  const WAIT = 900;
  const timers = new WeakMap();

  const say = (form, words, late) => {
    const place = form.querySelector("[data-saved]");
    if (!place) return;
    const text = place.querySelector("[data-saved-words]") || place;
    text.textContent = words;
    place.classList.toggle("is-late", Boolean(late));
  };

  const save = async (form) => {
    const words = form.querySelector("[data-saved]")?.dataset || {};
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: data, credentials: "same-origin", headers: { "X-Requested-With": "autosave" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
      localStorage.removeItem(`sauro-form:${form.dataset.autosave}`);
      say(form, (words.saved || "{time}").replace("{time}", time));
    } catch {
      localStorage.setItem(`sauro-form:${form.dataset.autosave}`, JSON.stringify([...data].filter(([name]) => name !== "csrfmiddlewaretoken")));
      say(form, words.failed || "", true);
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-autosave]");
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), WAIT));
  });

  /* What was typed and couldn't be sent comes back with the page. */
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      const kept = localStorage.getItem(`sauro-form:${form.dataset.autosave}`);
      if (!kept) continue;
      for (const [name, value] of JSON.parse(kept)) {
        for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
          if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
          else field.value = value;
        }
      }
      save(form);
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    clearTimeout(timers.get(form));
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
})();
