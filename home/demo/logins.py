"""The list of log-ins: first the people to try, with the work that waits for them, then all."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from home.demo.office import Account
from home.demo.people import Office
from home.demo.places import table


def write(path: Path, staff: Mapping[Office, Sequence[Account]]) -> None:
    """The passwords can be read here and nowhere else: for the owner's eyes only."""
    everybody = {each.person.login: each for accounts in staff.values() for each in accounts}
    lines = ["先试这几位（首次登录时等着办的事）"]
    for row in table("monday.toml")["try"]:
        account = everybody[row["login"]]
        lines.append(f"{_line(account)}：{row['waiting']}")
    for office, accounts in staff.items():
        lines += ["", office.name, *(_line(account) for account in accounts)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(account: Account) -> str:
    """The journeys read the first two words: log-in and password."""
    return f"  {account.person.login:<20} {account.password}  {account.title}"
