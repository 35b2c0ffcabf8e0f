"""A child that does what no reader does. The file says what; the tests start it by this name."""

import os
import signal
import socket
import sys

from attachments.reading import limits
from attachments.reading.answers import Found
from attachments.reading.child import serve
from attachments.reading.kinds import PDF

OPEN = range(3, 20)
LONGEST_LIFE = 30  # seconds, should a test be ended before it ends what it started


def memory():
    return str(len(bytearray(2 * 1024**3)))


def loop():
    while True:
        pass


def hang():
    signal.alarm(LONGEST_LIFE)
    while True:
        signal.pause()


def fork():
    """What it starts outlives it, or killing it would not be seen; but not for long."""
    try:
        return str(os.fork() or hang())
    except BlockingIOError:
        return "no process"


def write(path):
    with open(path, "w") as file:
        file.write("x")


def leave():
    os._exit(0)


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def talk():
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    os.write(1, b"[]\n")
    return "said aloud"


def garble():
    for place in OPEN:
        try:
            os.write(place, b"no answer\n")
        except OSError:
            continue


def nest():
    for place in OPEN:
        try:
            os.write(place, b"[" * 100_000 + b"\n")
        except OSError:
            continue


def much():
    return "x" * 300_000


def halves():
    return "a\ud800\0b"


def number():
    return str(os.getpid())


def reach(port):
    socket.create_connection(("127.0.0.1", int(port)), timeout=2).close()
    return "reached"


def network():
    return os.readlink("/proc/self/ns/net")


def bounds():
    import resource

    names = ("AS", "NOFILE", "CORE", "FSIZE", "CPU")
    soft = [resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0] for name in names]
    return " ".join(str(most) for most in soft)


def environment():
    return " ".join(sorted(os.environ))


def doors():
    return " ".join(sorted(os.listdir("/proc/self/fd"), key=int))


def answer(file, job):
    act, *rest = file.read().decode().split(" ", 1)
    limits.before_reading(job.seconds, job.parent)
    said = globals()[act](*rest)
    return Found("text/html" if act == "other" else PDF, 1, str(said), readable=True)


def other():
    return "a kind we never take"


if __name__ == "__main__":
    limits.die_with_the_parent()
    serve(answer)
