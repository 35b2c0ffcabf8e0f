"""Hands that never leave the keyboard: what they press, and what stands where they are.

Nothing here or in the journey that uses it may point, click, fill in, tick or choose by machine.
"""

from __future__ import annotations

from playwright.sync_api import Page

FURTHEST = 150  # places on one page
HERE = """() => {
  const box = document.activeElement;
  const named = [...(box.labels || [])].map((label) => label.textContent);
  const chosen = box.selectedOptions ? box.selectedOptions[0]?.text : null;
  const words = named.join(" ") || box.getAttribute("aria-label") || box.textContent;
  return { words: words.replace(/\\s+/g, " ").trim(), kind: box.tagName.toLowerCase(), chosen };
}"""


class Hands:
    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard

    @property
    def place(self) -> str:
        """The words of whatever has the focus."""
        return str(self.page.evaluate(HERE)["words"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.press(key)

    def type(self, text: str) -> None:
        self.keys.type(text)

    def tab_to(self, words: str, key: str = "Tab") -> None:
        """To the first place whose words begin so."""
        for _ in range(FURTHEST):
            self.keys.press(key)
            if self.place.startswith(words):
                return
        raise AssertionError(f"the keyboard does not reach “{words}”")

    def pick(self, words: str) -> None:
        """Down through a list of choices to the one with these words."""
        for _ in range(FURTHEST):
            if words in (self.page.evaluate(HERE)["chosen"] or ""):
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"no choice “{words}”")

    def down_to(self, title: str, key: str = "j") -> int:
        """Through the lines of a list; returns how many keys that took."""
        for count in range(1, FURTHEST):
            self.keys.press(key)
            if title in self.place:
                return count
        raise AssertionError(f"no line “{title}”")

    def leave_by(self, key: str) -> None:
        """This key leads to another page; wait until it is there."""
        self.page.wait_for_load_state()
        with self.page.expect_event("load"):
            self.keys.press(key)
