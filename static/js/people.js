// Search, groups and chips over plain tick boxes. The ticks are the truth: whoever changes one and
// says so by a `change` event, a person or a script, finds the chips following.
"use strict";

{
  const STOPS = "summary, button, input"; // what ↓ and ↑ go through
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  // 任远帆 by "ryf", "renyuan", "renyf": each syllable by its first letters or whole, in order.
  function spells(typed, [first, ...rest]) {
    if (!typed || !first) return !typed;
    for (let taken = Math.min(first.length, typed.length); taken > 0; taken -= 1) {
      if (first.startsWith(typed.slice(0, taken)) && spells(typed.slice(taken), rest)) return true;
    }
    return false;
  }

  function personOf(line) {
    const department = line.closest("details");
    const text = line.textContent.trim().replace(/\s+/g, " ");
    const said = plain(`${text} ${department.querySelector("summary").firstChild.textContent}`);
    const { pinyin, groups } = line.dataset;
    const input = line.querySelector("input");
    return { line, department, text, said, input, syllables: pinyin.split(" "), groups: groups.split(" ") };
  }

  function chipOf(person, remove) {
    const [line, button, hidden] = ["li", "button", "span"].map((name) => document.createElement(name));
    button.type = "button";
    hidden.className = "visually-hidden";
    hidden.textContent = `${remove} ${person.text}`;
    button.append("×", hidden);
    line.append(person.text, button);
    return line;
  }

  function tick(people, on) {
    for (const { input } of people.filter((person) => person.input.checked !== on)) {
      input.checked = on;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function setUp(box) {
    const [tree, search, chips] = ["tree", "search", "chips"].map((name) => box.querySelector(`.people-${name}`));
    const departments = [...tree.querySelectorAll("details")];
    const groups = [...box.querySelectorAll(".people-group")];
    const all = [...tree.querySelectorAll(".people-one")].map(personOf);
    let chosen = [], matches = [], folds = null, due = false;

    const members = (group) => all.filter(({ department, groups: mine }) => (
      group.dataset.group ? mine.includes(group.dataset.group) : department === group.closest("details")));
    const allTicked = (people) => people.every(({ input }) => input.checked);
    const chipAt = (element) => [...chips.children].indexOf(element?.closest("li"));
    const say = (words, people) => words.replace("{n}", people.length);

    function follow() {
      due = false;
      const ticked = all.filter(({ input }) => input.checked);
      const stayed = chosen.filter((person) => ticked.includes(person));
      const at = chipAt(document.activeElement), more = ticked.length > chosen.length;
      chosen = [...stayed, ...ticked.filter((person) => !stayed.includes(person))];
      chips.replaceChildren(...chosen.map((person) => chipOf(person, box.dataset.remove)));
      if (at >= 0) (chips.children[Math.min(at, chosen.length - 1)]?.lastChild || search).focus();
      if (more) chips.scrollTop = chips.scrollHeight;
      box.querySelector(".people-count").textContent = say(box.dataset.chosen, chosen);
      for (const department of departments) {
        const inside = chosen.filter((person) => person.department === department);
        department.querySelector(".people-inside").textContent = inside.length ? say(box.dataset.chosen, inside) : "";
      }
      for (const group of groups) group.setAttribute("aria-pressed", allTicked(members(group)));
    }

    // Only one of the list is reached by Tab; ↓ and ↑ reach the others.
    function comeTo(stop) {
      for (const other of tree.querySelectorAll(STOPS)) other.tabIndex = other === stop ? 0 : -1;
    }

    function stops() {
      return [...tree.querySelectorAll(STOPS)].filter((stop) => (
        !stop.closest("[hidden]") && (stop.matches("summary") || stop.closest("details").open)));
    }

    function find() {
      const typed = plain(search.value).replaceAll("ü", "v").trim();
      const words = typed.split(/\s+/), letters = typed.replace(/[\s'’·]/g, "");
      matches = all.filter(({ said, syllables }) => typed && (spells(letters, syllables)
        || words.every((word) => said.includes(word) || spells(word, syllables))));
      const hides = (person) => Boolean(typed) && !matches.includes(person);
      for (const person of all) person.line.hidden = hides(person);
      folds ??= departments.map(({ open }) => open);
      departments.forEach((department, place) => {
        department.hidden = all.filter((person) => person.department === department).every(hides);
        department.open = Boolean(typed) || folds[place];
      });
      for (const group of groups) group.hidden = Boolean(typed && group.closest("details"));
      if (!typed) folds = null;
      const { found, nobody } = box.dataset;
      box.querySelector(".people-found").textContent = typed ? say(matches.length ? found : nobody, matches) : "";
      comeTo(matches[0]?.input || stops()[0]);
    }

    const keys = {
      ArrowDown: (at) => go(at, 1), ArrowUp: (at) => go(at, -1),
      // In the search box the only match is chosen, and the next name can be typed over it.
      Enter(at) {
        if (tree.contains(at)) return at.matches("input") && !at.click();
        if (at !== search || !at.value.trim()) return false;
        if (matches.length === 1) { tick(matches, true); at.select(); } else matches[0]?.input.focus();
        return true;
      },
      Escape() {
        if (!search.value) return false;
        search.value = "";
        find();
        return !search.focus();
      },
    };

    function go(from, step) {
      const list = stops(), place = from === search ? -1 : list.indexOf(from);
      if (from !== search && place < 0) return false;
      const next = from === search && step > 0 ? matches[0]?.input || list[0] : list[place + step];
      (next || (step < 0 ? search : from)).focus();
      return true;
    }

    box.addEventListener("change", () => { // many ticks in one go are drawn once
      if (!due) queueMicrotask(follow);
      due = true;
    });
    box.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      const group = groups.includes(button) ? members(button) : [];
      tick(group, !allTicked(group));
      if (chipAt(button) >= 0) tick([chosen[chipAt(button)]], false);
    });
    box.addEventListener("keydown", (event) => {
      const plainKey = !(event.isComposing || event.ctrlKey || event.altKey || event.metaKey);
      if (plainKey && keys[event.key]?.(event.target)) event.preventDefault();
    });
    tree.addEventListener("focusin", ({ target }) => comeTo(target));
    search.addEventListener("input", find);
    addEventListener("pageshow", follow); // ticks that come back with the page come without an event
    find();
    follow();
  }

  // Where the order matters, it is the one in which people were ticked; each shows their place.
  function keepOrder(box) {
    const order = box.querySelector(".people-order");
    const lines = [...box.querySelectorAll(".people-one")].map((line) => [line.querySelector("input"), line]);

    function follow() {
      const ticked = lines.filter(([input]) => input.checked).map(([input]) => input.value);
      const before = order.value.split(",").filter((value) => ticked.includes(value));
      const chosen = [...before, ...ticked.filter((value) => !before.includes(value))];
      order.value = chosen.join(",");
      for (const [input, line] of lines) {
        line.querySelector(".people-place").textContent = input.checked ? chosen.indexOf(input.value) + 1 : "";
      }
    }

    box.addEventListener("change", follow);
    addEventListener("pageshow", follow);
    follow();
  }

  for (const box of document.querySelectorAll(".people[data-ordered]")) keepOrder(box);
  for (const tree of document.querySelectorAll(".people-tree")) setUp(tree.closest(".people"));
}
