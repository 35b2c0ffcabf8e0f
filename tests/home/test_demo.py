"""The whole demonstration, loaded once: on a day off, just after midnight, the hardest moment."""

import io
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from activity import inbox
from activity.models import Assignment, Event, Notice
from attachments.models import Attachment
from documents.models import Duty, IncomingPaper, State, Urgency
from home.demo import people
from home.demo.clock import Days
from organization.actor import Actor
from organization.calendar import Calendar
from organization.models import Department, Marking, Post, Procuratorate, User
from organization.models.post import ADMINISTRATORS

NOW = datetime(2026, 10, 3, 16, 30, tzinfo=UTC)  # half past midnight of a Sunday in the holidays
MORNING, LAST = date(2026, 10, 8), date(2026, 9, 30)  # the working days around it
SHOW_CASE = "青岭县人民检察院"


@pytest.fixture(scope="module")
def said(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the command said. Everything is rolled back in the end."""
    said, patch = io.StringIO(), pytest.MonkeyPatch()
    patch.setattr(settings, "DEMONSTRATION_ALLOWED", True, raising=False)
    patch.setattr(settings, "DATA_DIR", tmp_path_factory.mktemp("data"))
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        call_command("demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)
    patch.undo()


# It moves the clock for a minute and wants the machine: with the faults it runs by itself.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("said"), pytest.mark.fault]


def person(login):
    user = User.objects.get(username=login)
    return Actor(user, user.procuratorate, tuple(user.posts.select_related("department")))


def waiting(login, duty):
    """The papers on which this person has this duty, the most pressing first."""
    box = inbox.Box.TO_READ if duty == Duty.READ else inbox.Box.TO_DO
    rows = inbox.most_pressing_first(inbox.rows(box, person(login)).filter(duty=duty))
    return [row.target for row in rows]


def handling(login):
    """How many working days are left for each piece of work, none twice."""
    calendar = Calendar.load(person(login).procuratorate.pk)
    rows = inbox.rows(inbox.Box.TO_DO, person(login)).filter(duty=Duty.HANDLE)
    left = [calendar.workdays_left(MORNING, row.due_on) for row in rows]
    return sorted(left)


def papers(**filters):
    return IncomingPaper.objects.filter(**filters)


class TestOffices:
    def test_seven_offices_of_three_levels_each_below_its_superior(self):
        found = {each.name: each for each in Procuratorate.objects.select_related("parent")}
        assert Counter(each.level for each in found.values()) == {
            "provincial": 1,
            "prefecture": 2,
            "county": 4,
        }
        for office in people.OFFICES:
            parent = found[office.name].parent
            assert (parent.name if parent else "") == office.superior
        assert Counter(each.parent.name for each in found.values() if each.level == "county") == {
            "澜江市人民检察院": 2,
            "霁陵市人民检察院": 2,
        }

    def test_everybody_has_a_post_and_can_sign_in(self):
        assert 250 <= User.objects.count() <= 350
        assert not User.objects.filter(posts=None).exists()
        assert all(user.has_usable_password() for user in User.objects.all())

    def test_nobody_holds_two_posts_of_administrators_or_one_beside_the_business(self):
        held = defaultdict(set)
        for post in Post.objects.all():
            held[post.user_id].add(post.role)
        for roles in held.values():
            assert len(roles) == 1 or not roles & ADMINISTRATORS
        for office in Procuratorate.objects.all():
            roles = office.posts.filter(role__in=ADMINISTRATORS).values_list("role", flat=True)
            assert sorted(roles) == sorted(ADMINISTRATORS)

    def test_every_department_has_a_leader_in_charge(self):
        assert not Department.objects.filter(leader_in_charge=None).exists()

    def test_the_list_of_log_ins_begins_with_whom_to_try(self):
        path = settings.DATA_DIR / "demo-logins.txt"
        assert path.stat().st_mode & 0o777 == 0o600
        first, *offices = path.read_text(encoding="utf-8").strip().split("\n\n")
        assert 5 <= len(first.splitlines()) <= 10
        listed = [line.split() for part in offices for line in part.splitlines()[1:]]
        assert Counter(login for login, *_ in listed) == Counter(
            User.objects.values_list("username", flat=True)
        )
        passwords = {login: password for login, password, *_ in listed}
        for line in first.splitlines()[1:]:
            login, password, *_ = line.split()
            assert passwords[login] == password
            assert User.objects.get(username=login).check_password(password)


class TestYear:
    def test_about_three_hundred_papers_over_eleven_months_and_more(self, said):
        assert 290 <= IncomingPaper.objects.count() <= 320
        for office in Procuratorate.objects.all():
            own = papers(procuratorate=office).order_by("signed_for_at")
            assert f"{office.name}：收文 {own.count()} 件" in said
            assert own.count() >= 20
            months = {(each.signed_for_at.year, each.signed_for_at.month) for each in own}
            assert len(months) >= 6
            span = own.last().signed_for_at - own.first().signed_for_at
            assert span > timedelta(days=11 * 30 if own.count() > 40 else 9 * 30)
        assert papers(procuratorate__name=SHOW_CASE).count() == 110

    def test_numbers_run_without_a_gap_through_each_year_in_the_order_of_registration(self):
        for office in Procuratorate.objects.all():
            by_year = defaultdict(list)
            for paper in (
                papers(procuratorate=office).exclude(number="").order_by("registered_at", "number")
            ):
                year, number = re.fullmatch(r"收〔(\d{4})〕(\d{4})号", paper.number).groups()
                assert int(year) == timezone.localtime(paper.registered_at).year
                by_year[year].append(int(number))
            assert set(by_year) == {"2025", "2026"}
            for numbers in by_year.values():
                assert numbers == list(range(1, len(numbers) + 1))

    def test_titles_hardly_ever_repeat(self):
        for office in Procuratorate.objects.all():
            titles = Counter(papers(procuratorate=office).values_list("title", flat=True))
            assert sum(count - 1 for count in titles.values()) <= 3

    def test_everything_happened_on_working_days_and_before_today(self):
        calendar = Calendar.load(0)
        for at in Event.objects.values_list("at", flat=True):
            local = timezone.localtime(at)
            assert calendar.is_workday(local.date()), local
            assert (8, 40) <= (local.hour, local.minute) <= (18, 0)
            assert local.date() <= LAST
        for paper in papers():
            assert not paper.written_on or paper.written_on <= timezone.localdate(
                paper.signed_for_at
            )

    def test_the_old_ones_are_closed_and_the_open_ones_came_lately(self):
        still_open = papers().exclude(state=State.CLOSED)
        assert 60 <= still_open.count() <= 110
        assert timezone.localdate(still_open.earliest("signed_for_at").signed_for_at) >= date(
            2026, 9, 1
        )
        for office in Procuratorate.objects.all():
            assert still_open.filter(procuratorate=office).count() >= 3

    def test_a_closed_paper_has_no_work_left_but_reading(self):
        for paper in papers(state=State.CLOSED):
            assert not Assignment.objects.about(paper).open().exclude(duty=Duty.READ).exists()

    def test_opinions_and_results_differ_from_paper_to_paper(self):
        verbs = ("propose", "instruct", "report", "close")
        for verb in verbs:
            said = Event.objects.filter(
                verb=f"incomingpaper.{verb}", procuratorate__name=SHOW_CASE
            ).values_list("details__opinion", flat=True)
            counted = Counter(said)
            assert len(counted) >= 12, verb
            assert max(counted.values()) <= len(said) / 6, verb
            assert not any(re.search(r"[{}]", words) for words in counted)

    def test_every_paper_has_its_file_and_its_bytes(self):
        attached = Attachment.objects.select_related("content")
        assert attached.count() == IncomingPaper.objects.count()
        kinds = Counter(each.name.rsplit(".", 1)[-1] for each in attached)
        assert set(kinds) == {"pdf", "jpg"}
        assert all(storages["default"].exists(each.content.path) for each in attached)


class TestMonday:
    def test_the_clerk_registers_assigns_and_closes(self):
        to_register = waiting("zhou.xiaolan", Duty.REGISTER)
        assert len(to_register) >= 4
        heads = "".join(paper.title for paper in to_register)
        assert "安全隐患" in heads  # its paper says 特急 in its head; the register not yet
        assert len(waiting("zhou.xiaolan", Duty.ASSIGN)) >= 2
        assert len(waiting("zhou.xiaolan", Duty.CLOSE)) >= 2

    def test_the_director_proposes_and_is_late_with_something(self):
        proposals = waiting("zhao.yanqiu", Duty.PROPOSE)
        assert len(proposals) >= 4
        assert Urgency.URGENT in {paper.urgency for paper in proposals}
        assert min(handling("zhao.yanqiu")) < 0

    def test_the_chief_instructs_one_most_urgent_and_one_that_several_are_asked_about(self):
        asked = waiting("nie.qingyuan", Duty.INSTRUCT)
        assert len(asked) >= 4
        assert Urgency.MOST_URGENT in {paper.urgency for paper in asked}
        rows = [Assignment.objects.about(paper).filter(duty=Duty.INSTRUCT) for paper in asked]
        outcomes = [sorted(row.outcome for row in each) for each in rows]
        assert ["", "", "done"] in outcomes

    @pytest.mark.parametrize("login", ["cai.bojun", "ren.yuanfan"])
    def test_head_and_handler_have_late_near_and_calm_work(self, login):
        left = handling(login)
        assert left[0] < 0
        assert 0 in left
        assert any(1 <= days <= 3 for days in left)
        assert left[-1] > 3

    def test_of_two_departments_one_has_reported(self):
        found = []
        for paper in waiting("cai.bojun", Duty.HANDLE):
            rows = Assignment.objects.about(paper).filter(duty=Duty.HANDLE)
            found.append({row.department.name: bool(row.closed_at) for row in rows})
        assert {"第一检察部": False, "第二检察部": True} in found

    def test_the_reader_has_several_to_read(self):
        to_read = waiting("liao.xiaoyan", Duty.READ)
        assert len(to_read) >= 4
        assert any(paper.urgency for paper in to_read)

    @pytest.mark.parametrize(
        "login",
        ["zhou.xiaolan", "zhao.yanqiu", "nie.qingyuan", "cai.bojun", "ren.yuanfan", "liao.xiaoyan"],
    )
    def test_everybody_to_try_has_unread_notices_of_the_last_working_day(self, login):
        unread = Notice.objects.filter(recipient__username=login, read_at=None)
        assert unread.exists()
        assert {timezone.localdate(notice.event.at) for notice in unread} == {LAST}

    def test_one_paper_is_sensitive_and_only_cleared_people_see_it(self):
        paper = papers(marking=Marking.SENSITIVE, procuratorate__name=SHOW_CASE).get()
        see = {
            user.name
            for user in paper.procuratorate.users.all()
            if papers().visible_to(person(user.username)).filter(pk=paper.pk).exists()
        }
        assert {"赵砚秋", "聂清源", "谭慧敏"} <= see
        assert not see & {"蔡伯钧", "任远帆", "廖晓燕", "尹航宇"}

    def test_a_sender_wants_an_answer_by_a_day_and_the_work_is_due_by_then(self):
        wanted = papers(wanted_by__isnull=False, procuratorate__name=SHOW_CASE)
        assert wanted.filter(state=State.HANDLING).exists()
        for paper in wanted.filter(state=State.HANDLING):
            assert paper.due_on <= paper.wanted_by


class TestLoading:
    def test_a_second_load_is_refused(self, said):
        before = IncomingPaper.objects.count()
        with pytest.raises(CommandError, match="只装入空的数据库"):
            call_command("demo")
        call_command("demo", "--if-empty")
        assert IncomingPaper.objects.count() == before

    def test_no_job_is_queued_for_each_file(self):
        assert len(connection.run_on_commit) < 10

    @pytest.mark.parametrize(
        ("today", "last", "morning"),
        [
            (date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 23)),  # Monday
            (date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 24)),
            (date(2026, 11, 28), date(2026, 11, 27), date(2026, 11, 30)),  # Saturday
            (date(2026, 2, 14), date(2026, 2, 13), date(2026, 2, 14)),  # a working Saturday
            (date(2026, 2, 18), date(2026, 2, 14), date(2026, 2, 24)),  # Spring Festival
            (date(2027, 1, 1), date(2026, 12, 31), date(2027, 1, 1)),  # no notice of 2027 yet
        ],
    )
    def test_the_morning_is_the_first_working_one(self, today, last, morning):
        days = Days(Calendar.load(0), today)
        assert (days.last, days.morning) == (last, morning)
