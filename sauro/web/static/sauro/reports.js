/* The one-minute report: what can't be saved stays in this browser; files go up one by one with a bar and a way to stop;
   a fresh number moves the bar at once. Saving itself is htmx's. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const form = document.getElementById("phieu");
  if (!form) return;
  const key = `sauro-report:${form.dataset.report}`;
  const figures = [...form.querySelectorAll("[name^=figure-]")].map((field) => field.name);
  const KEPT = ["progress", "done_text", "difficulties", "proposals", "has_difficulties", "has_proposals", ...figures];

  const say = (words, late) => {
    const place = document.getElementById("da-luu");
    place.classList.toggle("is-late", late);
    (place.querySelector("[data-saved-words]") || place).textContent = words;
  };
  const keep = (words) => {
    const data = new FormData(form);
    localStorage.setItem(key, JSON.stringify(KEPT.map((name) => [name, data.get(name)])));
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
    } else if (xhr.status < 300) {
      localStorage.removeItem(key);
    }
  });
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(kind, () => keep(form.dataset.failed));
  }
  window.addEventListener("online", () => {
    if (localStorage.getItem(key)) form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const kept = localStorage.getItem(key);
  if (kept) {
    for (const [name, value] of JSON.parse(kept)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio") field.checked = field.value === value;
        else if (value !== null) field.value = value;
      }
    }
    say(form.dataset.back, false);
    setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })), 200);
  }

  form.addEventListener("input", (event) => {
    if (event.target.name !== "progress") return;
    const percent = Number(event.target.value.replace("%", ""));
    if (Number.isFinite(percent) && percent >= 0 && percent <= 100) {
      document.querySelector("#thanh-tien-do .bar-done")?.setAttribute("width", `${percent}%`);
    }
  });

  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-again]")) return;
    const text = form.querySelector("[name=done_text]");
    text.value = event.target.closest("[data-again]").parentElement.querySelector("[data-again-text]").content.textContent;
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const zone = form.querySelector("[data-evidence]");
  const list = zone.querySelector("[data-drop-list]");
  const megabytes = (octets) => (octets / 1e6).toFixed(1).replace(".", ",");
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const bar = () => {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of [["class", "bar"], ["width", "100%"], ["height", "8"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
    for (const name of ["bar-rest", "bar-done"]) {
      const rect = document.createElementNS(SVG, "rect");
      for (const [key_, value] of [["class", name], ["height", "8"], ["rx", "3"], ["width", name === "bar-rest" ? "100%" : "0%"]]) rect.setAttribute(key_, value);
      svg.append(rect);
    }
    return svg;
  };

  const take = (html) => {
    const part = new DOMParser().parseFromString(html, "text/html");
    const version = part.querySelector("[data-oob]");
    if (version) {
      form.querySelector("#id_version").value = version.value;
      version.remove();
    }
    zone.querySelector("#da-co").replaceChildren(...part.body.childNodes);
  };

  const send = (data, row, done) => {
    const request = new XMLHttpRequest();
    const words = row?.querySelector(".meta");
    request.upload.addEventListener("progress", (step) => {
      if (!row || !step.lengthComputable) return;
      const percent = Math.round(100 * step.loaded / step.total);
      row.querySelector(".bar-done").setAttribute("width", `${percent}%`);
      words.textContent = zone.dataset.sending.replace("{percent}", percent).replace("{sent}", megabytes(step.loaded)).replace("{size}", megabytes(step.total));
    });
    request.addEventListener("load", () => {
      const ended = request.responseURL && new URL(request.responseURL).pathname === form.dataset.login;
      if (request.status === 200 && !ended) {
        row?.remove();
        take(request.responseText);
      } else if (words) {
        words.textContent = ended ? form.dataset.ended : zone.dataset.broken;
        row.querySelector("button").remove();
      }
      done();
    });
    for (const kind of ["error", "abort"]) {
      request.addEventListener(kind, () => {
        if (kind === "abort") row?.remove();
        else if (words) words.textContent = zone.dataset.broken;
        done();
      });
    }
    row?.querySelector("button").addEventListener("click", () => request.abort());
    request.open("POST", zone.dataset.url);
    request.setRequestHeader("HX-Request", "true");
    request.send(data);
  };

  const typed = () => {
    const data = new FormData(form);
    data.delete("evidence");
    return data;
  };

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !zone.contains(input)) return;
    const files = [...input.files];
    input.value = "";
    list.replaceChildren();
    const rows = files.map((file) => {
      const row = element("li");
      const words = element("div");
      const stop = element("button", "btn btn-quiet btn-row", zone.dataset.cancel);
      stop.type = "button";
      words.append(element("span", "files-name", file.name), bar(), element("span", "meta", `${megabytes(file.size)} MB`));
      row.append(element("span"), words, stop);
      list.append(row);
      return row;
    });
    const next = (at) => {
      if (!files[at]) return;
      const data = typed();
      data.append("evidence", files[at]);
      send(data, rows[at], () => next(at + 1));
    };
    next(0);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=remove]");
    if (!button) return;
    event.preventDefault();
    const data = typed();
    data.append("remove", button.value);
    send(data, null, () => {});
  });
})();
