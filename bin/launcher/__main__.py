"""python -m launcher run | test [...] | mutants [...] | pictures | with-services -- COMMAND | …"""

from __future__ import annotations

import sys
from collections.abc import Callable

from launcher import catalogues, mutants, pictures, running, signals, strings, testing
from launcher.places import ROOT
from launcher.talk import Trouble, complain, never_fail_on_characters, say, sentence_for


def _with_services(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise Trouble("用法：python -m launcher with-services -- 命令 参数……")
    return testing.with_services(command)


def _catalogues(_arguments: list[str]) -> int:
    for path in catalogues.compile_all(ROOT):
        say(str(path.relative_to(ROOT)))
    return 0


def _run(arguments: list[str]) -> int:
    if arguments:
        raise Trouble(
            "bin/run 不带参数：请用环境变量 PORT、HOST、DATA_DIR、DATABASE_URL、REDIS_URL。"
        )
    return running.run()


def _strings(_arguments: list[str]) -> int:
    return strings.check()


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": _run,
    "test": testing.run,
    "mutants": mutants.run,
    "pictures": pictures.run,
    "with-services": _with_services,
    "catalogues": _catalogues,
    "strings": _strings,
}


def main(arguments: list[str]) -> int:
    never_fail_on_characters()
    signals.listen()
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in COMMANDS:
        complain(f"没有这个命令：{name}。可用：{'、'.join(COMMANDS)}")
        return 2
    try:
        return COMMANDS[name](rest)
    except signals.Stopped:
        return 0 if name == "run" else 130
    except Trouble as trouble:
        complain(str(trouble))
    except OSError as problem:
        complain(sentence_for(problem))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
