/* Files: names of what was chosen are listed; a form[data-upload] is sent with a bar of its progress. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const megabytes = (octets) => `${(octets / 1e6).toFixed(1).replace(".", ",")} MB`;

  const list = (zone) => zone.closest(".field").querySelector("[data-drop-list]");

  const bar = () => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "bar");
    svg.setAttribute("width", "100%");
    svg.setAttribute("height", "8");
    svg.setAttribute("aria-hidden", "true");
    for (const name of ["bar-rest", "bar-done"]) {
      const rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("class", name);
      rect.setAttribute("height", "8");
      rect.setAttribute("rx", "3");
      rect.setAttribute("width", name === "bar-rest" ? "100%" : "0%");
      svg.append(rect);
    }
    return svg;
  };

  const show = (input) => {
    const zone = input.closest("[data-drop]");
    if (!zone) return;
    const rows = [...input.files].map((file) => {
      const row = document.createElement("li");
      const words = document.createElement("div");
      const name = document.createElement("span");
      const size = document.createElement("span");
      name.className = "files-name";
      name.textContent = file.name;
      size.className = "meta";
      size.textContent = megabytes(file.size);
      words.append(name, size);
      row.append(document.createElement("span"), words);
      return row;
    });
    list(zone).replaceChildren(...rows);
  };

  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.add("is-over"));
  }
  for (const kind of ["dragleave", "drop"]) {
    document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.remove("is-over"));
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".drop-input")) show(event.target);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-upload]");
    const zone = form?.querySelector("[data-drop]");
    if (!form || !zone || event.defaultPrevented || !window.XMLHttpRequest) return;
    event.preventDefault();
    const row = list(zone).querySelector("li > div") || list(zone);
    row.querySelector(".bar")?.remove();
    const drawn = bar();
    row.append(drawn);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (step) => {
      if (step.lengthComputable) drawn.lastChild.setAttribute("width", `${(100 * step.loaded / step.total).toFixed(0)}%`);
    });
    request.addEventListener("load", () => {
      // The page that says what became of the files is asked for once, so that its messages aren't spent unseen.
      if (request.getResponseHeader("Content-Type") === "application/json") {
        location.assign(JSON.parse(request.responseText).url);
        return;
      }
      if (request.responseURL && request.responseURL !== location.href) {
        location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.querySelector("main").replaceWith(page.querySelector("main") || page.body);
      document.querySelector("[data-errors]")?.focus();
    });
    request.addEventListener("error", () => form.submit());
    request.open("POST", form.action || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  });
})();
