"""Every address of the product, and what a stranger, a neighbour or an administrator meets."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from activity.models import Assignment, Handover, Phrase
from activity.phrases import keep
from attachments.checks import FileRefused
from attachments.flow import receive
from attachments.models import Attachment, SecrecyStop
from attachments.tasks import draw_pages
from documents.flow.incoming import STEPS
from documents.models import IncomingPaper, State
from organization.models import Delegation
from tests.activity.lent import lend
from tests.administration import administration_address, administration_pages
from tests.documents.factories import paper_in, pdf
from tests.documents.leaving import hand_over

OPEN = "open"  # without signing in
OWN = "own"  # everybody who is signed in, about themselves or their lists
CLERKS = "clerks"  # a right that goes with a post
OFFICE = "office"  # the office director, and what the records clerks may look at
PAPER = "paper"  # on one paper: 404 for whom it does not exist
RETURNED = "returned"  # the same, of a paper that was returned to its sender
LENT = "lent"  # on one delegation: holder, delegate, office director
HANDOVER = "handover"  # office director, head of the department; the sheet also for who took over
STOP = "stop"  # on one stopped file: a second person of its procuratorate
MONITOR = "monitor"  # whoever administers the procuratorate
PHRASE = "phrase"  # on a phrase of one's own
FILE = "file"  # on one file: the record it hangs on is asked
ADMINISTRATION = "administration"  # pages of 系统管理: see test_administration_doors.py

# name -> (method, kind of door). A new address fails `test_table_is_complete` until it stands here.
DOORS = {
    "healthz": ("get", OPEN),
    "sign_in": ("get", OPEN),
    "web:choose_language": ("post", OPEN),
    "web:choose_type": ("post", OWN),
    "sign_out": ("post", OWN),
    "change_password": ("get", OWN),
    "choose_procuratorate": ("post", OWN),
    "act_for": ("post", LENT),
    "act_for_oneself": ("post", OWN),
    "home:workbench": ("get", OWN),
    "activity:box": ("get", OWN),
    "activity:notices": ("get", OWN),
    "activity:read_notices": ("post", OWN),
    "activity:outgoing": ("get", MONITOR),
    "activity:retry_outgoing": ("post", MONITOR),
    "activity:phrases": ("get", OWN),
    "activity:add_phrase": ("post", OWN),
    "activity:keep_phrase": ("post", OWN),
    "activity:change_phrase": ("get", PHRASE),
    "activity:move_phrase_up": ("post", PHRASE),
    "activity:move_phrase_down": ("post", PHRASE),
    "activity:delete_phrase": ("post", PHRASE),
    "activity:save_draft": ("post", OWN),
    "activity:discard_draft": ("post", OWN),
    "activity:recount": ("get", OFFICE),
    "activity:sign_recount": ("post", OFFICE),
    "activity:delegations": ("get", OWN),
    "activity:lend": ("get", CLERKS),
    "activity:give_back": ("post", LENT),
    "activity:handovers": ("get", HANDOVER),
    "activity:hand_over": ("get", HANDOVER),
    "activity:handover_sheet": ("get", HANDOVER),
    "activity:handover_printed": ("post", HANDOVER),
    "attachments:upload": ("post", OWN),
    "attachments:stops": ("get", OWN),
    "attachments:release": ("post", STOP),
    "attachments:download": ("get", FILE),
    "attachments:preview": ("get", FILE),
    "attachments:page": ("get", FILE),
    "documents:register_list": ("get", OWN),
    "documents:sign_for": ("get", CLERKS),
    "documents:duplicates": ("post", CLERKS),
    "documents:incoming": ("get", PAPER),
    "documents:opened": ("post", PAPER),
    "documents:printed": ("post", PAPER),
    "documents:register_printed": ("post", OWN),
    "documents:batch": ("get", OWN),
    "documents:take_batch": ("post", OWN),
    "documents:return_slip": ("get", RETURNED),
    "documents:act": ("get", PAPER),
    **{f"documents:{step.name}": ("post", PAPER) for step in STEPS if step.name != "sign_for"},
    "admin:index": ("get", ADMINISTRATION),
    "admin:app_list": ("get", ADMINISTRATION),
    "admin:jsi18n": ("get", ADMINISTRATION),
    **{f"admin:{page}": ("get", ADMINISTRATION) for page in administration_pages()},
}


def names(resolver, prefix=""):
    for entry in resolver.url_patterns:
        match entry:
            case URLResolver():
                yield from names(entry, f"{entry.namespace}:" if entry.namespace else prefix)
            case URLPattern():
                yield f"{prefix}{entry.name}"


@pytest.fixture
def paper(cast):
    """A closed paper whose pages are drawn: everything about it has an answer."""
    paper = paper_in(State.CLOSED, cast, file=pdf())
    draw_pages(Attachment.objects.about(paper).get().content_id)
    with pytest.raises(FileRefused):
        receive(ContentFile("机密★1年".encode(), "来文.txt"), "来文.txt", by=cast.clerk)
    keep("已按要求办理。", "close", by=cast.clerk)
    lend(cast.chief, cast.head)
    hand_over(cast, "handler", "reader")
    return paper


def address(name, paper):
    kind = DOORS[name][1]
    if kind in {PAPER, RETURNED}:
        return reverse(name, args=[paper.pk, *(["chase"] if name.endswith(":act") else [])])
    if kind == FILE:
        file = Attachment.objects.about(paper).get()
        return reverse(name, args=[file.pk, *([1] if name.endswith(":page") else [])])
    if kind == LENT:
        return reverse(name, args=[Delegation.objects.get().pk])
    if kind == HANDOVER:
        more = {"activity:handovers": [], "activity:hand_over": [Handover.objects.get().leaver_id]}
        return reverse(name, args=more.get(name, [Handover.objects.get().pk]))
    if kind == STOP:
        return reverse(name, args=[SecrecyStop.objects.get().pk])
    if kind == PHRASE:
        return reverse(name, args=[Phrase.objects.get(owner__isnull=False).pk])
    if kind == ADMINISTRATION:
        return administration_address(name)
    more = {
        "activity:box": ["to_do"],
        "documents:batch": ["chase"],
        "documents:take_batch": ["chase"],
        "choose_procuratorate": [paper.procuratorate_id],
    }
    return reverse(name, args=more.get(name, []))


def enter(client, name, paper, method=None):
    """Knock; a file that is sent is taken to its end."""
    answer = getattr(client, method or DOORS[name][0])(address(name, paper))
    if answer.streaming:
        b"".join(answer)
    return answer


def of(*kinds, method=None):
    return [name for name, (how, kind) in DOORS.items() if kind in kinds and method in {None, how}]


def test_table_is_complete():
    assert set(names(get_resolver())) == set(DOORS)


def test_nobody_enters_without_signing_in(client, paper):
    for name in set(DOORS) - set(of(OPEN)):
        for method in ("get", "head", "post", "put", "patch", "delete"):
            answer = enter(client, name, paper, method)
            assert (answer.status_code, answer.url[:9]) == (302, "/sign-in/"), (name, method)


def test_open_doors_answer_anybody_and_say_nothing_of_the_data(client, paper):
    for name in of(OPEN):
        answer = enter(client, name, paper)
        assert answer.status_code in {200, 302, 503}, name
        assert paper.title not in answer.text, name


@pytest.mark.parametrize("who", ["outsider", "superior", "two_posts", "drafting_chief"])
def test_for_whom_it_was_not_given_to_it_does_not_exist(who, signed_in, paper):
    client = signed_in(who)
    assert {enter(client, name, paper).status_code for name in of(PAPER, RETURNED, FILE)} == {404}


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_administrators_read_no_papers(who, signed_in, paper):
    client = signed_in(who)
    assert {enter(client, name, paper).status_code for name in of(PAPER, RETURNED, FILE)} == {404}


@pytest.mark.parametrize(
    ("who", "status"),
    [(who, 404) for who in ("outsider", "superior", "two_posts", "colleague", "auditor")]
    + [("system_admin", 404), ("security_admin", 403), ("clerk", 403)]
    + [("director", 302), ("drafting_chief", 302)],
)
def test_a_stopped_file_is_released_by_director_or_leader_alone(who, status, signed_in, paper):
    assert enter(signed_in(who), "attachments:release", paper).status_code == status


@pytest.mark.parametrize("who", ["colleague", "director", "outsider", "superior", "system_admin"])
def test_a_phrase_of_somebody_else_does_not_exist(who, signed_in, paper):
    client = signed_in(who)
    assert {enter(client, name, paper).status_code for name in of(PHRASE)} == {404}
    assert Phrase.objects.filter(owner__isnull=False).exists()
    assert "已按要求办理。" not in client.get("/inbox/phrases/").text


@pytest.mark.parametrize("who", ["clerk", "director", "chief", "head", "two_posts", "superior"])
def test_the_outbox_is_for_administrators_alone(who, signed_in, paper):
    client = signed_in(who)
    assert {enter(client, name, paper).status_code for name in of(MONITOR)} == {403}


@pytest.mark.parametrize(
    ("who", "status"), [("system_admin", 302), ("security_admin", 403), ("auditor", 403)]
)
def test_all_three_look_at_the_outbox_and_one_acts(who, status, signed_in, paper):
    client = signed_in(who)
    answer = enter(client, "activity:outgoing", paper)
    assert answer.status_code == 200
    assert "default-src" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert paper.title not in answer.text
    assert paper.number not in answer.text
    assert enter(client, "activity:retry_outgoing", paper).status_code == status


@pytest.mark.parametrize("who", ["outsider", "system_admin"])
def test_lists_of_others_hold_nothing_of_it(who, signed_in, paper):
    client = signed_in(who)
    for name in of(OWN, method="get"):
        answer = enter(client, name, paper)
        assert answer.status_code == 200, name
        assert paper.title not in answer.text, name
        assert paper.number not in answer.text, name


@pytest.mark.parametrize("who", ["director", "chief", "handler", "system_admin"])
def test_only_clerks_sign_for(who, signed_in, paper):
    client = signed_in(who)
    for name in ("documents:sign_for", "documents:duplicates"):
        assert enter(client, name, paper).status_code == 403, name


def test_whoever_may_enters_and_the_answer_is_guarded(signed_in, paper):
    client = signed_in("clerk")
    for name in of(OPEN, OWN, CLERKS, OFFICE, PAPER, FILE, method="get"):
        answer = enter(client, name, paper)
        assert answer.status_code in {200, 302, 503}, name
        assert "default-src" in answer["Content-Security-Policy"], name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert "no-store" in answer["Cache-Control"], name


def test_acts_need_the_token(cast, paper):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk.user)
    for name in of(OWN, CLERKS, OFFICE, PAPER, LENT, HANDOVER, STOP, MONITOR, method="post"):
        answer = enter(client, name, paper)
        assert answer.status_code == 403, name
        assert "页面打开太久" in answer.text, name


def test_looking_at_everything_changes_nothing(signed_in, paper):
    """Every page by GET; only the event of a download is written."""
    client = signed_in("clerk")
    client.get("/")  # the session writes down when it began

    def state():
        rows = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                if table not in {"django_session", "activity_event"}:
                    cursor.execute(
                        f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) "
                        f'FROM "{table}" t'
                    )
                    rows[table] = cursor.fetchone()[0]
        return rows

    ContentType.objects.get_for_model(IncomingPaper)
    before = state()
    for name in of(OWN, CLERKS, OFFICE, PAPER, RETURNED, FILE, LENT, HANDOVER, STOP):
        if name != "sign_out":
            enter(client, name, paper, "get")
    assert state() == before
    assert Assignment.objects.about(paper).filter(opened_at=None, duty="read").exists()
