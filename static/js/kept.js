// What was sent and did not arrive is kept in this window until its form is there again: the
// session had ended, the page was too old, the network was gone. Only for the person who typed it.
"use strict";

const KEPT = "kept", PERSON = document.body.dataset.user;
const NOT_KEPT = ["file", "password", "submit", "button", "fieldset"];

function isKept(box) {
  const ours = box.name && box.name !== "csrfmiddlewaretoken" && !NOT_KEPT.includes(box.type);
  return ours && !box.closest(".files-input");
}

function typedIn(form) {
  const boxes = [...form.elements].filter((box) => isKept(box) && !box.disabled);
  return boxes.flatMap((box) => {
    if (["checkbox", "radio"].includes(box.type)) return box.checked ? [[box.name, box.value]] : [];
    if (box.type !== "select-multiple") return [[box.name, box.value]];
    return [...box.selectedOptions].map((option) => [box.name, option.value]);
  });
}

function fillIn(form, typed) {
  const waiting = new Map();
  for (const [name, value] of typed) waiting.set(name, [...(waiting.get(name) || []), value]);
  for (const box of [...form.elements].filter(isKept)) {
    const values = waiting.get(box.name) || [];
    if (["checkbox", "radio"].includes(box.type)) box.checked = values.includes(box.value);
    else if (box.type === "select-multiple") {
      for (const option of box.options) option.selected = values.includes(option.value);
    } else if (values.length) box.value = values.shift();
    for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

const addressOf = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
const whatIsKept = () => JSON.parse(sessionStorage.getItem(KEPT));
const forgetKept = () => sessionStorage.removeItem(KEPT);

function keepForm(form, interrupted) {
  const lines = [...form.querySelectorAll("textarea, input[type=text]")].filter(isKept);
  sessionStorage.setItem(KEPT, JSON.stringify({
    person: PERSON, action: addressOf(form), interrupted, typed: typedIn(form),
    texts: lines.map((line) => line.value.trim()).filter(Boolean),
    home: form.dataset.home || location.pathname, page: location.pathname + location.search,
  }));
}

// The page that follows the sending of a form names the form's page as where one came from.
function isItsAnswer(kept) {
  const how = performance.getEntriesByType("navigation")[0]?.type;
  return how === "navigate" && document.referrer === location.origin + kept.page;
}

function tellKept(name) {
  const words = document.querySelector(name);
  if (words) words.hidden = false;
  return words;
}

function comeBack(kept) {
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const form = forms.find((one) => addressOf(one) === kept.action);
  if (!kept.interrupted && isItsAnswer(kept)) return forgetKept();
  if (form) {
    fillIn(form, kept.typed);
    forgetKept();
    tellKept(kept.interrupted ? ".kept-filled" : ".kept-unsure");
    document.querySelector(`.draft[data-for="${form.dataset.draft}"] .draft-said`)?.replaceChildren();
  } else if (kept.interrupted && [kept.home, kept.page].includes(location.pathname)) {
    if (kept.texts.length) tellKept(".kept-copy").querySelector("textarea").value = kept.texts.join("\n");
    else forgetKept();
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || !PERSON || !form.closest("main")) return;
  if (form.querySelector("[type=password]") || !form.querySelector("textarea, select, input:not([type=hidden])")) return;
  keepForm(form, false);
});

document.addEventListener("click", (event) => {
  if (!event.target.matches(".kept-copy button")) return;
  forgetKept();
  event.target.closest(".kept-copy").hidden = true;
});

// After all scripts: whoever watches the boxes sees them being filled in.
document.addEventListener("DOMContentLoaded", () => {
  const kept = whatIsKept();
  if (kept && PERSON && kept.person !== PERSON) forgetKept();
  else if (kept && (!PERSON || "error" in document.body.dataset)) {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, interrupted: true }));
    tellKept(".kept-waits");
    const back = document.querySelector(".kept-back");
    if (back) Object.assign(back, { href: kept.home, hidden: false });
  } else if (kept) comeBack(kept);
});
