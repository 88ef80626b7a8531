// While somebody calls: keep what is typed, find the school, say what follows. Each of these is
// also a button of the page, so that it works without this. Nothing is kept in the browser.
"use strict";

const SOON = 2500, AT_LAST = 6000, AGAIN = 5000, STILL_HERE = 15 * 60 * 1000;
const SAYS_WHAT_FOLLOWS = [
  "sheet", "csrfmiddlewaretoken", "institution", "sector", "category", "offence", "accused_party",
  "affected_role", "affected_age", "incapacitated", "dependency", "known_by",
];
const form = document.getElementById("call");
const status = document.getElementById("kept");
const ended = document.getElementById("ended");
let kept, timer, waitingSince = 0, saving = false, changed = false, stopped = false, typedAt = 0;

const part = (names) => {
  const all = new FormData(form), some = new FormData();
  for (const name of names) for (const value of all.getAll(name)) some.append(name, value);
  return some;
};
const OURS = ["saved", "csrfmiddlewaretoken"];
const answers = () => JSON.stringify([...new FormData(form)].filter(([name]) => !OURS.includes(name)));
const post = (address, body, more) =>
  fetch(address, { method: "POST", body, redirect: "manual", ...more });

// Keeping the draft

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

function typed() {
  typedAt = Date.now();
  changed = true;
  waitingSince ||= typedAt;
  if (!stopped) later(typedAt - waitingSince > AT_LAST ? 0 : SOON);
}

async function save(more = {}) {
  if (saving) return later(SOON);
  changed = false;
  waitingSince = 0;
  const now = answers();
  if (now === kept) return;
  saving = true;
  try {
    const answer = await post(form.dataset.save, new FormData(form), more);
    if (answer.ok) heard(await answer.json(), now);
    else failed(form.dataset.lost);
  } catch {
    failed(form.dataset.offline);
  } finally {
    saving = false;
    if (changed && !stopped) later(SOON);
  }
}

function heard(told, sent) {
  warn(told.ended ? form.dataset.ended : "");
  if (told.csrf) {
    document.querySelectorAll('[name="csrfmiddlewaretoken"]').forEach((input) => {
      input.value = told.csrf;
    });
  }
  if (told.state === "kept") {
    kept = sent;
    form.elements.saved.value = told.saved;
    status.textContent = `${form.dataset.saved} ${told.at}`;
    status.classList.remove("wrong");
  } else if (told.state !== "blank") {
    stopped = true; // another window goes on with it, or it cannot be kept: the words say what to do
    status.textContent = told.words;
    status.classList.add("wrong");
    document.getElementById("as-new").hidden = !["newer", "gone"].includes(told.state);
  }
}

function failed(words) {
  changed = true;
  warn(words);
  later(AGAIN);
}

function warn(words) {
  ended.hidden = !words;
  ended.querySelector("span").textContent = words;
}

// Parts of the page that follow from what was typed

function follower(address, names, place, delay) {
  let wait, last = 0;
  const ask = async () => {
    const turn = ++last;
    const answer = await post(address, part(names)).catch(() => null);
    if (answer?.ok && turn === last) document.getElementById(place).innerHTML = await answer.text();
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
    typed();
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
  form.classList.add("live");
  // Somebody may have typed before this was there.
  const untouched = [...form.elements].every(
    (each) => each.type === "hidden" || (each.defaultValue ?? each.value) === each.value
  );
  kept = untouched && Number(form.elements.saved.value) ? answers() : "";
  if (!untouched) typed();
  onlyOfCategory();
  form.addEventListener("input", (event) => {
    typed();
    if (event.target.name === "school") find();
  });
  form.addEventListener("change", (event) => {
    typed();
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
      else {
        kept = "";
        later(0);
      }
      return;
    }
    stopped = true; // what is handed in takes the draft along
    clearTimeout(timer);
  });
  setInterval(() => {
    if (document.querySelector("#asked [data-waits]")) look();
  }, LOOK_AGAIN);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && changed && !stopped) save({ keepalive: true });
  });
  // The session ended: who typed just now is in a call, and keeps the words on the screen.
  document.addEventListener("leaving", (event) => {
    if (changed && !stopped) save();
    if (Date.now() - typedAt < STILL_HERE) event.preventDefault();
  });
}
