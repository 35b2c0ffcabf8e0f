"""Is what is in the database and at the mail server exactly what the oracle says?"""

from collections import Counter

from tests.faults import oracle
from tests.faults.waiting import until

REMINDERS = """
    SELECT assignment_id, due_on, stage, username, outcome, day
    FROM activity_reminder JOIN organization_user ON organization_user.id = recipient_id
"""
TOLD = """
    SELECT assignment_id, due_on, stage, username
    FROM activity_notice
    JOIN activity_reminder USING (event_id, recipient_id)
    JOIN organization_user ON organization_user.id = recipient_id
"""
SAID = "SELECT count(*) FROM activity_event WHERE verb = 'assignment.remind'"
OUTBOX = """
    SELECT username, day, status, key::text
    FROM activity_outboxmessage JOIN organization_user ON organization_user.id = recipient_id
    WHERE kind = %s
"""


def exactly_these(place, sink, works, looked_on, *, twice=0, seconds=60):
    """What the oracle says after somebody looked at these works on each of these days.

    `twice`: how many messages a crash between sending and marking may have doubled.
    """
    mornings = oracle.mornings(works, looked_on)
    reminders = oracle.reminders(works, looked_on)
    exactly(place, sink, reminders, mornings, twice=twice, seconds=seconds)


def exactly(place, sink, reminders, mornings, *, twice=0, seconds=60):
    """Wait until all is there, look once more, then compare."""
    until(
        lambda: sent(place, "morning") >= mornings,
        seconds,
        lambda: f"{sorted(mornings)}; there are {sorted(place.rows(OUTBOX, 'morning'))}",
    )
    place.ask("scan")
    place.ask("deliver")
    nothing_but(place, reminders)
    assert sorted(line[:2] for line in place.rows(OUTBOX, "morning")) == sorted(mornings)
    each_copy_counted(place, sink, twice)


def nothing_but(place, reminders):
    """Every reminder is a row; every sent one an event and a notice as well."""
    assert sorted(place.rows(REMINDERS)) == sorted(reminders)
    told = sorted(line[:4] for line in reminders if line[4] == "sent")
    assert sorted(place.rows(TOLD)) == told
    assert place.rows(SAID) == [(len({(row, stage) for row, _due_on, stage, _who in told}),)]


def sent(place, kind):
    """{(who, day)} of the messages marked as sent; each is a row of its own."""
    rows = [(who, day) for who, day, status, _key in place.rows(OUTBOX, kind) if status == "sent"]
    assert len(rows) == len(set(rows)), rows
    return set(rows)


def each_copy_counted(place, sink, twice=0):
    """The server got every message marked as sent once, under its own key, and nothing else."""
    rows = [*place.rows(OUTBOX, "morning"), *place.rows(OUTBOX, "urgent")]
    assert {status for _who, _day, status, _key in rows} <= {"sent", "dropped"}
    wanted = {(key, f"{who}@beiqiu.invalid") for who, _day, status, key in rows if status == "sent"}
    copies = Counter((message.key, message.recipient) for message in sink.messages)
    assert set(copies) == wanted
    doubled = [count for count in copies.values() if count > 1]
    assert doubled == [2] * len(doubled)
    assert len(doubled) <= twice
