"""What the files of the deployment say."""

import ast
import json
import re
import shlex
from pathlib import Path

import yaml

from tests.production.processes import ROOT

PRODUCT = ("prepare", "web", "worker", "scheduler")
OPERATING = ROOT / "docs" / "operating.md"


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def stages():
    """The stages of the Dockerfile, each a list of (instruction, what it says)."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = []
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        name, _, words = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append((name, words))
    return found


def copied():
    """What comes from the checkout into the image."""
    build = stages()[0]
    return [Path(words.split()[0]) for name, words in build if name == "COPY"]


def final_command():
    return json.loads(dict(stages()[-1])["CMD"])


def documented_commands():
    """The commands of the containers, by service, as the table of docs/operating.md has them."""
    rows = re.findall(r"^\| `(\w+)` \| `(python [^`]+)` \|", text_of_operating(), re.MULTILINE)
    return {service: shlex.split(command) for service, command in rows}


def documented_settings():
    section = text_of_operating().partition("\n## Settings\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE))


def text_of_operating():
    return OPERATING.read_text(encoding="utf-8")


def settings_read():
    """Each name that config/settings/*.py asks the environment for."""
    found = set()
    for path in (ROOT / "config" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] == "env":
                found |= {word.value for word in node.args[:1] if isinstance(word, ast.Constant)}
    return found


def compulsory_settings():
    """Those that production settings read without a default."""
    lines = (ROOT / "config/settings/production.py").read_text(encoding="utf-8")
    asked = re.findall(r'env(?:\.list)?\("([A-Z_]+)"\)', lines)
    return {*asked, *re.findall(r'"([A-Z_]+_URL)"', lines)}
