"""Python reads this first in every process of the office: its clock goes ahead or behind.

The clock ticks on and differs from the real one by the same number of seconds in all of them;
what counts seconds by `time.monotonic` is left alone.
"""

import os
from datetime import UTC, datetime, timedelta

import time_machine

ahead = timedelta(seconds=float(os.environ["CLOCK_AHEAD"]))
time_machine.travel(datetime.now(UTC) + ahead, tick=True).start()
