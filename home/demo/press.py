"""Everything slow that needs no database, beside the rest: setting papers, hashing passwords.

Typesetter, image library and Argon2 let go of the interpreter while they work, so that threads
use a second core.
"""

import random
from collections.abc import Iterable
from concurrent.futures import Executor, Future

from django.contrib.auth.hashers import make_password

from home.demo import pdf
from home.demo.letters import Letter
from home.demo.walk import Copy

_SCANNED = 0.1


def copies(letters: Iterable[Letter], pool: Executor) -> list[Copy]:
    """Some papers come from the scanner, most as PDF."""
    made = []
    for letter in letters:
        dice = random.Random(f"{letter.sender_number} {letter.title}")  # noqa: S311 no secret
        is_scan = dice.random() < _SCANNED
        made.append(Copy(pool.submit(pdf.scan if is_scan else pdf.render, letter), is_scan))
    return made


def hashes(passwords: Iterable[str], pool: Executor) -> list[Future[str]]:
    return [pool.submit(make_password, password) for password in passwords]
