// While somebody calls: keep what is typed, find the school, say what follows. Each of these is
// also a button of the page, so that it works without this. Nothing is kept in the browser.
"use strict";

const SAYS_WHAT_FOLLOWS = [
  "sheet", "csrfmiddlewaretoken", "institution", "sector", "category", "offence", "accused_party",
  "affected_role", "affected_age", "incapacitated", "dependency", "known_by",
];
const form = document.getElementById("call");
const part = (names) => {
  const all = new FormData(form), some = new FormData();
  for (const name of names) for (const value of all.getAll(name)) some.append(name, value);
  return some;
};
let draft;

// Parts of the page that follow from what was typed

const same = (one, other) => JSON.stringify([...one]) === JSON.stringify([...other]);

function show(place, words) {
  const box = document.getElementById(place);
  const at = box.contains(document.activeElement) ? document.activeElement.id : "";
  box.innerHTML = words;
  if (at) (document.getElementById(at) ?? box.querySelector("[tabindex]"))?.focus();
}

function follower(address, names, place, delay) {
  let wait, last = 0;
  const ask = async () => {
    const turn = ++last, asked = part(names);
    const answer = await post(address, asked).catch(() => null);
    const words = answer?.ok ? await answer.text() : null;
    if (words === null || turn !== last) return;
    // Something was chosen while this was under way: an answer that does not know it takes it away.
    if (same(asked, part(names))) show(place, words);
    else ask();
  };
  return (at = delay) => {
    clearTimeout(wait);
    wait = setTimeout(ask, at);
  };
}

// A question to a colleague

const ABOUT_A_QUESTION = ["sheet", "csrfmiddlewaretoken", "institution"];
const LOOK_AGAIN = 10000;

async function look(more = []) {
  const answer = await post(form.dataset.asked, part([...ABOUT_A_QUESTION, ...more])).catch(() => null);
  if (!answer || answer.type === "opaqueredirect") return false;
  document.getElementById("asked").innerHTML = await answer.text();
  return answer.ok;
}

async function ask() {
  if (!form.elements.question.value.trim()) return;
  if (await look(["question", "colleague", "asked_in"])) {
    form.elements.question.value = "";
    draft.typed();
  }
}

function onlyOfCategory() {
  const chosen = form.querySelector('[name="category"]:checked')?.value;
  for (const group of form.elements.subcategory.querySelectorAll("optgroup")) {
    const other = chosen && !group.firstElementChild.value.startsWith(`${chosen}: `);
    group.hidden = group.disabled = Boolean(other);
  }
  const now = form.elements.subcategory.selectedOptions[0];
  if (now?.parentElement.disabled) form.elements.subcategory.value = "";
}

if (form) {
  const find = follower(
    form.dataset.schools, ["sheet", "csrfmiddlewaretoken", "school", "institution"], "schools", 250
  );
  const follow = follower(form.dataset.aside, SAYS_WHAT_FOLLOWS, "aside", 250);
  draft = keepDraft(form, {
    status: document.getElementById("kept"),
    ended: document.getElementById("ended"),
    asNew: document.getElementById("as-new"),
  });
  onlyOfCategory();
  form.addEventListener("input", (event) => {
    if (event.target.name === "school") find();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "category") onlyOfCategory();
    if (SAYS_WHAT_FOLLOWS.includes(event.target.name)) follow();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name !== "school") return;
    event.preventDefault();
    find(0);
  });
  form.addEventListener("submit", (event) => {
    const wanted = event.submitter?.value;
    if (["save", "search", "ask"].includes(wanted)) {
      event.preventDefault();
      if (wanted === "search") find(0);
      else if (wanted === "ask") ask();
      else draft.now();
      return;
    }
    draft.stop();
  });
  setInterval(() => {
    if (document.querySelector("#asked [data-waits]")) look();
  }, LOOK_AGAIN);
  // The session ended: who typed just now is in a call, and keeps the words on the screen.
  document.addEventListener("leaving", (event) => {
    if (draft.leave().isHere) event.preventDefault();
  });
}
