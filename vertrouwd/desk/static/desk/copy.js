"use strict";
// A button that selects a text, to copy it with the keys; the clipboard itself is closed to our
// pages (Permissions-Policy). Without scripts the text can be selected by hand.
for (const place of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second small copy";
  button.textContent = place.dataset.copy;
  const said = document.createElement("span");
  said.className = "note copy";
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    getSelection().selectAllChildren(place.querySelector("pre"));
    said.textContent = ` ${place.dataset.copied}`;
  });
  place.append(button, said);
}
