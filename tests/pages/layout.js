// What axe does not ask: is anything wider than the screen, cut, or without a visible focus?
// Each answer names the element.
"use strict";

window.look = (() => {
  const name = (element) => element.cloneNode(false).outerHTML.slice(0, 160);
  const hidden = (element) => element.closest(".visually-hidden, .skip, noscript, title, head");
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !hidden(element);
  const all = () => [...document.body.querySelectorAll("*")].filter(shown);

  // Whatever is typed into scrolls by nature; a list of pages scrolls downwards on purpose.
  const cut = (element) => {
    if (element.matches("input, select, textarea, svg, svg *")) return "";
    const style = getComputedStyle(element);
    if (style.display === "inline") return "";
    if (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) return "cut or scrolls sideways";
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1) return "cut below";
    return "";
  };
  const outside = (element) => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1) ? "outside the screen" : "";
  };

  function layout() {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth}`);
    for (const element of all()) {
      for (const problem of [cut(element), outside(element)]) {
        if (problem) found.push(`${problem}: ${name(element)}`);
      }
    }
    return found;
  }

  function once() {
    const found = [];
    if (!document.title.trim()) found.push("no title");
    if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
    if (!/^(zh-hans|en)$/.test(document.documentElement.lang)) found.push("no language");
    return found;
  }

  const marked = (style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";

  function focus() {
    const found = [];
    const reached = "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select, textarea, summary, [tabindex='0']";
    for (const element of [...document.querySelectorAll(reached)].filter((one) => one.checkVisibility())) {
      element.focus();
      const seen = [element, ...element.parentElement.querySelectorAll(":focus ~ .btn")];
      if (document.activeElement !== element) found.push(`takes no focus: ${name(element)}`);
      else if (!seen.some((one) => marked(getComputedStyle(one)))) found.push(`focus not visible: ${name(element)}`);
    }
    document.activeElement?.blur();
    return found;
  }

  return { layout, once, focus };
})();
