// A set phrase goes into the text above it, where the cursor stands. It never sends anything.
"use strict";

document.addEventListener("click", ({ target }) => {
  if (!target.matches(".phrase")) return;
  const text = target.closest(".phrases").parentElement.querySelector("textarea");
  text.focus();
  // Typed rather than set, so that Ctrl+Z takes it back and drafts hear of it.
  document.execCommand("insertText", false, target.textContent);
});

// What stands in the box, or the part of it that is marked, is kept as a phrase of one's own.
async function keepPhrase(link) {
  const place = link.closest(".phrase-do"), text = place.parentElement.querySelector("textarea");
  const words = (text.value.slice(text.selectionStart, text.selectionEnd) || text.value).trim();
  if (!words) return link.dataset.empty;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", text.form.elements.csrfmiddlewaretoken.value);
  body.append("text", words);
  body.append("act", link.dataset.act);
  const answer = await fetch(link.dataset.keep, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (answer?.status !== 200 && answer?.status !== 422) return link.dataset.failed;
  const kept = await answer.json();
  if (kept.text) offerPhrase(place, kept.text);
  return kept.said;
}

function offerPhrase(place, words) {
  let row = place.parentElement.querySelector(".phrases");
  if (!row) {
    row = Object.assign(document.createElement("div"), { className: "phrases" });
    place.before(row);
  }
  if ([...row.children].some((one) => one.textContent === words)) return;
  row.prepend(Object.assign(document.createElement("button"), { type: "button", className: "phrase", textContent: words }));
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest(".phrase-keep");
  if (!link) return;
  event.preventDefault();
  link.closest(".phrase-do").querySelector(".phrase-said").textContent = await keepPhrase(link);
});
