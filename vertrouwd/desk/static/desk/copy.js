"use strict";
// A button that copies a text; without scripts the text can be selected by hand.
for (const place of document.querySelectorAll("[data-copy]")) {
  const text = place.querySelector("pre");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second small copy";
  button.textContent = place.dataset.copy;
  const said = document.createElement("span");
  said.className = "note copy";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      getSelection().selectAllChildren(text); // no clipboard here: it is selected, for Ctrl+C
      return;
    }
    said.textContent = ` ${place.dataset.copied}`;
  });
  place.append(button, said);
}
