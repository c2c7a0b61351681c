/* The keyboard: j and k go through the rows of a page, enter opens one, / searches. A picture that is wider than the
   window begins at its first mark. Nothing here is needed to read. */
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("main .row")];
  const link = (row) => row.querySelector("a.open") ?? row.querySelector(".words a") ?? row.querySelector("a");
  let at = -1;
  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    // Whoever went on by other keys goes on from there.
    const focused = all.findIndex((row) => row.contains(document.activeElement));
    if (focused >= 0) at = focused;
    at = Math.min(Math.max(at + step, 0), all.length - 1);
    all.forEach((row, n) => row.classList.toggle("at", n === at));
    all[at].scrollIntoView({ block: "nearest" });
    link(all[at])?.focus({ preventScroll: true });
  };
  const bring = () => document.querySelectorAll(".picture").forEach((picture) => {
    const marks = [...picture.querySelectorAll(".pic-timeline .pic-hit")].map((mark) => mark.getBoundingClientRect().left);
    if (marks.length) picture.scrollLeft += Math.min(...marks) - picture.getBoundingClientRect().left - 12;
  });
  bring();
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "/") {
      event.preventDefault();
      document.getElementById("search")?.focus();
    }
  });
  // Of a report only the panel is exchanged: the words of the fact in it are marked here.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".text a.m");
    if (!mark) return;
    document.querySelectorAll(".text .chosen").forEach((old) => old.classList.remove("chosen"));
    document.querySelectorAll(".text a.m").forEach((other) => other.classList.toggle("chosen", other.href === mark.href));
  });
  // What is exchanged takes the focus with it: it goes to the same link again, else to the new part.
  let left = null;
  document.addEventListener("htmx:beforeSwap", () => { left = document.activeElement?.textContent ?? null; });
  document.addEventListener("htmx:afterSettle", () => {
    at = -1;
    bring();
    if (document.activeElement !== document.body) return;
    const same = [...document.querySelectorAll("main a")].find((link) => link.textContent === left);
    (same ?? document.getElementById("main"))?.focus({ preventScroll: true });
  });
})();
