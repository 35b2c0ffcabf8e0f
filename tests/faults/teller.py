"""A process within an office that answers questions put to it while the office is in trouble.

One call a line, as JSON: ["paper", {"at": "2026-03-02T09:00:00+08:00", ...}]; one answer a line.
"""

import json
import sys
from contextlib import nullcontext
from datetime import datetime

import django
import time_machine


def main():
    django.setup()
    from django.db import connection

    from tests.faults.inside import CALLS  # models can be imported only once Django is ready

    for line in sys.stdin:
        name, values = json.loads(line)
        at = values.pop("at", None)
        clock = time_machine.travel(datetime.fromisoformat(at), tick=False) if at else nullcontext()
        with clock:
            answer = CALLS[name](**values)
        connection.close()  # the next call may find another server
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
