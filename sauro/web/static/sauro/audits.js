/* Walking an audit: what can't be sent is kept in this browser and sent again; nothing that was typed is lost.
   Answers are htmx's own; findings go by fetch, because photographs go with them. */
(() => {
  "use strict";
  const walk = document.querySelector("[data-walk]");
  if (!walk) return;
  // The key bears the person: two who share a phone don't send for each other.
  const KEY = `sauro-audit:${walk.dataset.walk}:${walk.dataset.person}:`;
  const AGAIN = [3000, 6000, 12000, 30000];
  const words = walk.querySelector("[data-queue-words]");
  const waiting = new Map();
  let tries = 0;
  let timer = 0;

  const kept = (name) => JSON.parse(localStorage.getItem(KEY + name) || "null");
  const keep = (name, value) => {
    try { localStorage.setItem(KEY + name, JSON.stringify(value)); } catch { /* a full store: the page still holds it */ }
  };
  const forget = (name) => localStorage.removeItem(KEY + name);

  const shown = () => {
    words.hidden = waiting.size === 0;
    words.textContent = walk.dataset.queue.replace("{n}", waiting.size);
  };
  const wait = (name, again) => {
    waiting.set(name, again);
    shown();
    clearTimeout(timer);
    timer = setTimeout(sendAll, AGAIN[Math.min(tries++, AGAIN.length - 1)]);
  };
  const settled = (name) => {
    waiting.delete(name);
    if (waiting.size === 0) tries = 0;
    shown();
  };
  const sendAll = () => {
    clearTimeout(timer);
    for (const again of [...waiting.values()]) again();
  };
  window.addEventListener("online", () => { tries = 0; sendAll(); });
  window.addEventListener("beforeunload", (event) => {
    if ([...waiting.keys()].some((name) => name.startsWith("find"))) event.preventDefault();
  });

  const answerForm = (event) => event.detail.elt.closest?.("form[data-answer]");
  const values = (form) => ({ answer: form.querySelector("[name=answer]:checked")?.value || "open", note: form.querySelector("[name=note]").value });
  const say = (form, text, late) => {
    const place = form.querySelector(".walk-kept");
    if (!place) return;
    place.classList.toggle("is-late", late);
    place.textContent = text;
  };
  const hold = (form, text) => {
    const name = `answer:${form.dataset.answer}`;
    keep(name, { ...values(form), seen: form.querySelector("[name=seen]").value });
    say(form, text, true);
    wait(name, () => window.htmx.trigger(form, "gui-lai"));
  };

  /* What was typed is in the browser's store before it is on its way. */
  walk.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (form?.dataset.answer) keep(`answer:${form.dataset.answer}`, { ...values(form), seen: form.querySelector("[name=seen]").value });
    if (form?.dataset.find) keep(`find:${form.dataset.find}`, typed(form));
  });

  /* An answer that isn't chosen yet is sent as open, so that a note alone is kept too. */
  document.body.addEventListener("htmx:configRequest", (event) => {
    const form = answerForm(event);
    if (form) Object.assign(event.detail.parameters, { answer: values(form).answer });
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const form = answerForm(event);
    if (!form) return;
    const { xhr } = event.detail;
    const name = `answer:${form.dataset.answer}`;
    if (xhr.responseURL && new URL(xhr.responseURL).pathname === walk.dataset.login) {
      event.detail.shouldSwap = false;
      hold(form, walk.dataset.ended);
    } else if (xhr.status === 409 || xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
      settled(name);
    } else if (xhr.status < 300) {
      form.querySelector("[data-over]").value = "";
      forget(name);
      settled(name);
    }
  });
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(kind, (event) => {
      const form = answerForm(event);
      if (form) hold(form, walk.dataset.waiting);
    });
  }

  /* Two auditors at once: take the other's words, or write one's own over them knowingly. */
  walk.addEventListener("click", (event) => {
    const take = event.target.closest("[data-take]");
    const over = event.target.closest("[data-keep]");
    const form = event.target.closest("form[data-answer]");
    if (!form || !(take || over)) return;
    if (take) {
      const radio = form.querySelector(`[name=answer][value="${CSS.escape(take.dataset.answerValue)}"]`);
      form.querySelectorAll("[name=answer]").forEach((r) => { r.checked = r === radio; });
      form.querySelector("[name=note]").value = take.dataset.note;
    }
    form.querySelector("[data-over]").value = "1";
    window.htmx.trigger(form, "gui-lai");
  });

  const typed = (form) => ({ grade: form.querySelector("[name=grade]:checked")?.value || "", text: form.querySelector("[name=text]").value, evidence_text: form.querySelector("[name=evidence_text]").value, clause: form.querySelector("[name=clause]").value });
  const fill = (form, data) => {
    for (const [name, value] of Object.entries(data)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio") field.checked = field.value === value;
        else if (field.type !== "file") field.value = value;
      }
    }
  };

  const sendFinding = async (form) => {
    const name = `find:${form.dataset.find}`;
    const said = form.querySelector("[data-find-said]");
    const data = new FormData(form);
    said.classList.remove("is-late");
    said.textContent = walk.dataset.sending;
    form.dataset.busy = "1";
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(60000) });
      if (answer.redirected && new URL(answer.url).pathname === walk.dataset.login) throw new Error(walk.dataset.ended);
      const text = await answer.text();
      if (answer.status === 422 || answer.status === 403) {
        said.classList.add("is-late");
        said.textContent = answer.status === 422 ? text.trim() : walk.dataset.ended;
        settled(name);
        return;
      }
      if (!answer.ok) throw new Error(walk.dataset.waiting);
      take(form, text);
      forget(name);
      settled(name);
    } catch (error) {
      const ended = error.message === walk.dataset.ended;
      keep(name, typed(form));
      said.classList.add("is-late");
      said.textContent = ended ? walk.dataset.ended : walk.dataset.waiting;
      wait(name, () => { if (!form.dataset.busy) sendFinding(form); });
    } finally {
      delete form.dataset.busy;
    }
  };
  const take = (form, html) => {
    const part = new DOMParser().parseFromString(html, "text/html");
    const line = part.querySelector("li");
    const list = document.getElementById(`thay-${form.dataset.find}`);
    document.getElementById(line.id)?.remove();
    list.append(document.adoptNode(line));
    document.getElementById("dem").replaceChildren(...part.getElementById("dem").childNodes);
    const seen = part.querySelector("[data-answered]");
    if (seen) {
      document.getElementById(seen.id).value = seen.value;
      const radio = form.closest(".walk-item").querySelector(`[name=answer][value="${CSS.escape(seen.dataset.answered)}"]`);
      if (radio) radio.checked = true;
    }
    form.reset();
    form.querySelector("[data-photos]").textContent = "";
    form.querySelector("[data-find-said]").textContent = "";
    form.closest("details").open = false;
  };
  walk.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-find]");
    if (!form) return;
    event.preventDefault();
    if (!form.dataset.busy) sendFinding(form);
  });
  walk.addEventListener("change", (event) => {
    if (event.target.type === "file") {
      event.target.closest("form").querySelector("[data-photos]").textContent = [...event.target.files].map((f) => f.name).join(", ");
    } else if (event.target.name === "answer" && event.target.value === "noted") {
      event.target.closest(".walk-item").querySelector("details.walk-find").open = true;
    }
  });

  /* Back on the page: what was not sent is put where it was, and sent. */
  const forms = () => {
    for (const form of walk.querySelectorAll("form[data-answer]")) {
      const data = kept(`answer:${form.dataset.answer}`);
      if (!data || !form.querySelector("[name=note]")) continue;
      fill(form, { answer: data.answer, note: data.note, seen: data.seen });
      say(form, walk.dataset.back, false);
      wait(`answer:${form.dataset.answer}`, () => window.htmx.trigger(form, "gui-lai"));
    }
    for (const form of walk.querySelectorAll("form[data-find]")) {
      const data = kept(`find:${form.dataset.find}`);
      if (!data) continue;
      fill(form, data);
      form.closest("details").open = true;
      form.querySelector("[data-find-said]").textContent = walk.dataset.back;
    }
    if (waiting.size) setTimeout(sendAll, 300);
  };
  forms();
})();
