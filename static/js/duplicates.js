// Has this paper come before? Asked as soon as its number or a file is there; sending asks again.
"use strict";

for (const box of document.querySelectorAll(".duplicates")) {
  const form = box.closest("form"), files = form.querySelector(".files-input");
  let asked = 0;

  const ask = async () => {
    const now = ++asked, body = new FormData(form);
    if (box.dataset.of) body.append("of", box.dataset.of);
    const answer = await fetch(box.dataset.ask, { method: "POST", body, redirect: "manual" }).catch(() => null);
    const said = answer?.ok ? (await answer.text()).trim() : null;
    if (said !== null && now === asked) box.innerHTML = said;
  };

  form.addEventListener("change", ({ target }) => { if ("compared" in target.dataset) ask(); });
  if (files) {
    const tokens = () => [...files.querySelectorAll("[name=attachments]:enabled")].map((one) => one.value).join();
    let known = tokens();
    new MutationObserver(() => { if (known !== (known = tokens())) ask(); }).observe(files, { childList: true, subtree: true });
  }
  const typed = [...form.querySelectorAll("[data-compared]")].every((one) => one.value);
  if (!box.childElementCount && typed) ask();
}
