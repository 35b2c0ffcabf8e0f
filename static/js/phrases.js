// A set phrase goes into the text above it, where the cursor stands. It never sends anything.
"use strict";

document.addEventListener("click", ({ target }) => {
  if (!target.matches(".phrase")) return;
  const text = target.closest(".phrases").parentElement.querySelector("textarea");
  text.focus();
  // Typed rather than set, so that Ctrl+Z takes it back and drafts hear of it.
  document.execCommand("insertText", false, target.textContent);
});
