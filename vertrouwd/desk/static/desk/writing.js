// A note or a message is kept while it is typed.
"use strict";

for (const form of document.querySelectorAll("form.writing")) {
  const discard = form.querySelector("[data-discard]");
  const draft = keepDraft(form, {
    status: form.querySelector("[data-kept]"),
    ended: form.querySelector("[data-ended]"),
    asNew: form.querySelector("[data-as-new]"),
    whenKept: () => { discard.hidden = false; },
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "draft") return draft.stop();
    event.preventDefault();
    draft.now();
  });
  // Unlike the page of a call this one shows a dossier: it stays for words that could not be kept,
  // for who typed them just now, and for nothing else.
  document.addEventListener("leaving", (event) => {
    const { isHere, isUnsaved } = draft.leave();
    if (isHere && isUnsaved) event.preventDefault();
  });
}
