// Small helps for the keyboard. Every page works without them.
"use strict";

const BOXES = "input:not([type=hidden]), select, textarea";

// Enter goes to the next box of a form that acts; Ctrl+Enter sends it. So no number is given by
// a key that was meant for the next line.
document.addEventListener("keydown", (event) => {
  const box = event.target, form = box.form;
  if (event.key !== "Enter" || !form || form.method !== "post" || event.isComposing || event.defaultPrevented) return;
  if (event.ctrlKey) {
    event.preventDefault();
    form.requestSubmit(document.querySelector(`button.btn-primary[form="${form.id}"]`) || undefined);
  } else if (box.matches("input, select") && form.dataset.enter === "next") {
    event.preventDefault();
    const boxes = [...form.querySelectorAll(BOXES)].filter((one) => one === box || (one.offsetParent && !one.closest(".people-tree")));
    const button = form.querySelector("button:not([type=button])") || document.querySelector(`button[form="${form.id}"]`);
    (boxes[boxes.indexOf(box) + 1] || button || box).focus();
  }
});

// A second click on the way changes nothing: the button waits for the answer.
document.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  if (pressed && event.target.method === "post") {
    setTimeout(() => { pressed.disabled = true; }, 0);
    addEventListener("pageshow", () => { pressed.disabled = false; }, { once: true });
  }
});

// A page that goes to the printer says so, whichever way it was sent there.
document.addEventListener("click", (event) => {
  if (event.target.matches(".print")) print();
});
addEventListener("beforeprint", () => {
  const button = document.querySelector(".print");
  if (!button) return;
  fetch(button.dataset.printed, { method: "POST", headers: { "X-CSRFToken": button.dataset.token }, keepalive: true });
});

// Tick all of a list, or none once all are ticked.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick-all]");
  if (!button) return;
  const ticks = [...button.form.elements].filter(({ name }) => name === "paper");
  const on = ticks.some((tick) => !tick.checked);
  for (const tick of ticks) tick.checked = on;
});

// What must be corrected comes into view, clear of the bar.
document.querySelector(".is-invalid")?.focus();

// A link to a folded part of a page unfolds it.
function unfold() {
  const part = document.getElementById(location.hash.slice(1));
  if (part?.matches("details")) part.open = true;
}
addEventListener("hashchange", unfold);
unfold();
