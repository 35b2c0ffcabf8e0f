// Small helps for the keyboard. Every page works without them.
"use strict";

// Ctrl+Enter in a text box presses the button of its form.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
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
