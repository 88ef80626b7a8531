// A page that is left alone says so after 13 minutes. After 15 it is asked for again: the session
// has ended by then, so what was on the screen makes place for the login. Other tabs count as being here.
"use strict";

const MINUTE = 60 * 1000;
const [SAY, LEAVE] = [13 * MINUTE, 15 * MINUTE + 5000];
const notice = document.getElementById("stay");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("here") : null;
let seen, timers = [];

function startAgain() {
  seen = Date.now();
  notice.hidden = true;
  timers.forEach(clearTimeout);
  timers = [setTimeout(say, SAY), setTimeout(leave, LEAVE)];
}

function say() {
  notice.hidden = false;
}

function leave() {
  // A page in the middle of a call may stay; it says itself that the session ended.
  if (!document.dispatchEvent(new Event("leaving", { cancelable: true }))) return;
  location.replace(notice.dataset.back); // not a reload: that would send a form once more
}

async function stay() {
  const answer = await fetch("/", { method: "HEAD" }).catch(() => null);
  if (!answer || answer.redirected) return leave();
  tabs?.postMessage("here");
  startAgain();
}

if (notice) {
  startAgain();
  tabs?.postMessage("here");
  if (tabs) tabs.onmessage = startAgain;
  notice.querySelector("button").addEventListener("click", stay);
  // A machine that slept: its timers stood still.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - seen > LEAVE) leave();
  });
}
