// What is typed into a form with a draft is saved on the server, a moment after the last key.
"use strict";

const PAUSE = 1500, AT_LATEST = 10000, AFTER_A_BOX = 300, AGAIN = 20000; // milliseconds

class Draft {
  constructor(form) {
    this.form = form;
    this.place = document.querySelector(`.draft[data-for="${form.dataset.draft}"]`);
    this.known = "refused" in form.dataset ? "" : JSON.stringify(typedIn(form));
    this.saves = Promise.resolve();
    this.isOver = false;
  }

  soon(pause) {
    this.since ||= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.min(pause, Math.max(0, this.since + AT_LATEST - Date.now())));
  }

  save() {
    clearTimeout(this.timer);
    this.since = 0;
    const typed = JSON.stringify(typedIn(this.form));
    if (this.isOver || typed === this.known) return;
    this.known = typed;
    this.saves = this.saves.then(() => this.post(JSON.parse(typed)));
  }

  over(isOver) {
    this.isOver = isOver;
    clearTimeout(this.timer);
  }

  async post(typed, again = false) {
    const fields = {};
    for (const [name, value] of typed) (fields[name] ||= []).push(value);
    const answer = await fetch(this.place.dataset.save, {
      method: "POST", keepalive: true, redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ form: this.form.dataset.draft, fields }),
    }).catch(() => null);
    if (this.isOver) return;
    if (answer?.status === 403 && !again && (await renewToken())) await this.post(typed, true);
    else if (answer?.ok) this.saved((await answer.json()).said);
    else this.failed(answer);
  }

  saved(words) {
    this.say(words);
    this.place.querySelector("form").hidden = false;
    if (whatIsKept()?.action === addressOf(this.form)) forgetKept();
  }

  // This window keeps it meanwhile; whoever signs in again finds it in the form.
  failed(answer) {
    const ended = answer?.type === "opaqueredirect" || answer?.status === 403;
    this.say(ended ? this.place.dataset.ended : this.place.dataset.failed);
    this.known = "";
    keepForm(this.form, true);
    if (!ended) this.timer = setTimeout(() => this.save(), AGAIN);
  }

  say(words) {
    this.place.querySelector(".draft-said").textContent = words;
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const draft = new Draft(form);
  if (!draft.known) draft.save();
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => draft.soon(PAUSE));
  form.addEventListener("focusout", () => draft.soon(AFTER_A_BOX));
  form.addEventListener("submit", () => draft.over(true));
  draft.place.querySelector("form").addEventListener("submit", () => draft.over(true));
  addEventListener("pagehide", () => draft.save());
  addEventListener("pageshow", () => draft.over(false));
  document.addEventListener("visibilitychange", () => { if (document.hidden) draft.save(); });
}
