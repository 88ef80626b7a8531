// Keep what is typed in a form as a draft. Each save is also a button of the page, so that it works
// without this. Nothing is kept in the browser. The form says where to: `data-save`, and the words
// for `data-saved`, `data-offline`, `data-ended` and `data-lost`.
"use strict";

const SOON = 2500, AT_LAST = 6000, AGAIN = 5000, STILL_HERE = 15 * 60 * 1000;
const OUTLIVES_THE_PAGE = 20000; // characters; a browser lets a request of 64 KB go on at most
const OURS = ["saved", "csrfmiddlewaretoken"];

const post = (address, body, more) =>
  fetch(address, { method: "POST", body, redirect: "manual", ...more });

// `status` says when it was kept, `ended` that the session is over, `asNew` is a button for when
// another window went on with the draft, `whenKept` is called after each save.
function keepDraft(form, { status, ended, asNew, whenKept = () => {} }) {
  let kept, timer, waitingSince = 0, saving = false, changed = false, stopped = false, typedAt = 0;
  const answers = () =>
    JSON.stringify([...new FormData(form)].filter(([name]) => !OURS.includes(name)));

  const outlives = () => ({ keepalive: answers().length < OUTLIVES_THE_PAGE });

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
      whenKept();
    } else if (told.state !== "blank") {
      stopped = true; // another window goes on with it, or it cannot be kept: the words say what to do
      status.textContent = told.words;
      status.classList.add("wrong");
      asNew.hidden = !["newer", "gone"].includes(told.state);
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

  form.classList.add("live");
  // Somebody may have typed before this was there.
  const untouched = [...form.elements].every(
    (each) => each.type === "hidden" || (each.defaultValue ?? each.value) === each.value
  );
  kept = untouched && Number(form.elements.saved.value) ? answers() : "";
  if (!untouched) typed();
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && changed && !stopped) save(outlives());
  });
  return {
    typed,
    now() {
      kept = "";
      later(0);
    },
    stop() { // what is handed in takes the draft along
      stopped = true;
      clearTimeout(timer);
    },
    // The session ended: save what is not saved. Whether somebody typed a moment ago.
    leave() {
      if (changed && !stopped) save(outlives());
      return { isHere: Date.now() - typedAt < STILL_HERE, isUnsaved: changed || saving };
    },
  };
}
