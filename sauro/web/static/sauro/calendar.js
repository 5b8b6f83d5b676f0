/* Keys of the calendar: ← → the months, T this month; arrows inside the grid go from work to work. */
(() => {
  "use strict";
  const go = (mark) => document.querySelector(`a[${mark}]`)?.click();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
    const links = [...document.querySelectorAll("[data-calendar] a")];
    const at = links.indexOf(document.activeElement);
    if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      links[(at + (event.key === "ArrowDown" ? 1 : -1) + links.length) % links.length].focus();
    } else if (event.key === "ArrowLeft") go("data-previous");
    else if (event.key === "ArrowRight") go("data-next");
    else if (event.key === "t" || event.key === "T") go("data-now");
  });
  const feed = document.getElementById("id_feed");
  feed?.addEventListener("focus", () => feed.select());
})();
