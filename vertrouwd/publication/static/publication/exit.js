// The quick exit, faster: the page is gone at once, and this entry of the history with it.
// Without this file it stays what it is: a link.
"use strict";
(() => {
  const WITHIN = 2000; // milliseconds, for three times Esc
  const exit = document.getElementById("exit");
  if (!exit) return;
  let pressed = [];

  function leave() {
    document.documentElement.hidden = true;
    document.title = "…";
    location.replace(exit.href);
  }

  exit.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const now = performance.now();
    pressed = [...pressed.filter((moment) => now - moment < WITHIN), now];
    if (pressed.length >= 3) leave();
  }, true);
})();
