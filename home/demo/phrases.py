"""What people of the demonstration write, from `opinions.toml`: no sentence comes again before
all of its kind were used."""

import random

from home.demo.places import table


class Phrases:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.decks: dict[tuple[str, str], list[str]] = {}

    def one(self, act: str, kind: str = "", **words: str) -> str:
        """A sentence for `act` about a paper of this kind, the last word of its title."""
        lists = table("opinions.toml")[act]
        if isinstance(lists, dict):
            kind = kind if kind in lists else ""
            lists = lists[kind]
        deck = self.decks.setdefault((act, kind), [])
        if not deck:
            deck.extend(self.dice.sample(lists, len(lists)))
        return deck.pop().format(**words)
