// Keys for lists and pages. None of them works while somebody types, or together with Ctrl or Alt.
"use strict";

const TYPED_INTO = "input, textarea, select, [contenteditable]";
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

// The title of each line, and the next page behind the last one.
function listRows() {
  const lines = [...document.querySelectorAll("main .list tbody tr, main .notices li")];
  const links = lines.map((line) => line.querySelector("a[href]")).filter(Boolean);
  const next = document.querySelector("main .pager a[rel=next]");
  return next && links.length ? [...links, next] : links;
}

function moveThroughList(step) {
  const rows = listRows(), here = rows.findIndex((row) => row === document.activeElement);
  const row = here < 0 ? rows[0] : rows[here + step];
  row?.focus();
  row?.closest("tr, li")?.scrollIntoView({ block: "nearest" });
  return rows.length > 0;
}

function goToSearch() {
  const box = document.querySelector("main [data-search]") || document.querySelector("main [role=search] input");
  if (box) box.select();
  else if (document.body.dataset.search) location.href = document.body.dataset.search;
  return true;
}

function showKeys() {
  document.querySelector("#keys")?.showModal();
  return true;
}

function closeMenus() {
  for (const menu of document.querySelectorAll(".person details[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  return false;
}

function pressed(key) {
  if (key in STEPS) return moveThroughList(STEPS[key]);
  if (key === "/") return goToSearch();
  if (key === "?" || key === "？") return showKeys();
  return key === "Escape" && closeMenus();
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (target.closest(TYPED_INTO) || document.querySelector("dialog[open]")) return;
  if (pressed(key.length === 1 ? key.toLowerCase() : key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.matches(".keys-open")) showKeys();
});

// Once: the page of what was found has its focus at its beginning.
if (location.hash === "#search") {
  history.replaceState(null, "", location.pathname + location.search);
  goToSearch();
}
