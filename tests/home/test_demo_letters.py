import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise, product

import pypdfium2
import pypinyin
import pytest
from PIL import Image

from home.demo import letters, pdf, people
from home.demo.places import PROVINCE, Place, table

CITY = Place("澜江市")
COUNTY = Place("青岭县", "澜江市")
WHOLE_YEAR = (date(2026, 1, 1), date(2026, 12, 31))
ADMINISTRATORS = {"system_admin", "security_admin", "auditor"}


def of(place, count, since=WHOLE_YEAR[0], until=WHOLE_YEAR[1], seed=7):
    return letters.letters(place, count, seed, since, until)


@pytest.fixture(
    scope="module",
    params=[office.place for office in people.OFFICES],
    ids=[office.short_name for office in people.OFFICES],
)
def papers(request):
    return of(request.param, 120)


def pages(content):
    """The text of each page without the spaces a line break or the tracking puts in."""
    with pypdfium2.PdfDocument(content) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


class TestLetters:
    def test_the_seed_decides_everything(self):
        assert of(COUNTY, 30, seed=1) == of(COUNTY, 30, seed=1)
        assert of(COUNTY, 30, seed=1) != of(COUNTY, 30, seed=2)

    def test_there_is_enough_to_say(self, papers):
        assert len(papers) == 120
        assert len({paper.title for paper in papers}) == 120
        assert len({paper.sender for paper in papers}) >= 20
        assert any(len(paper.title) > 40 for paper in papers)

    def test_every_class_kind_and_urgency_occurs(self):
        city = of(CITY, 160)
        assert {paper.sender_class for paper in city} == set(letters.SENDER_CLASSES)
        assert {paper.kind for paper in city} == set(letters.KINDS)
        assert {paper.urgency for paper in city} == set(letters.URGENCIES)

    @pytest.mark.parametrize("office", people.OFFICES, ids=lambda office: office.short_name)
    def test_a_paper_comes_from_just_above_or_just_below(self, office):
        above = {
            "provincial": ["最高人民检察院"],
            "prefecture": [f"{PROVINCE}人民检察院"],
            "county": [f"{office.place.city}人民检察院", f"{PROVINCE}人民检察院"],
        }[office.level]
        rooms = ["", "政治部", "办公厅" if office.level == "provincial" else "办公室"]
        below = [
            f"{name}人民检察院"
            for name in table("senders.toml")["lower"].get(office.place.area, {})
        ]
        found = of(office.place, 250)
        superior = {paper.sender for paper in found if paper.sender_class == "superior"}
        assert superior == {name + room for name in above for room in rooms}
        lower = {paper.sender for paper in found if paper.sender_class == "subordinate"}
        assert lower == set(below)
        assert bool(below) == (office.level != "county")

    def test_a_province_has_the_bodies_of_a_province(self):
        found = of(Place(PROVINCE), 200)
        senders = {paper.sender for paper in found}
        for name in (
            "中共云川省委办公厅",
            "云川省人民政府办公厅",
            "云川省公安厅",
            "云川省高级人民法院",
        ):
            assert name in senders
        assert not {"中共云川省委办公室", "云川省公安局", "云川省财政局"} & senders
        words = "".join("".join(paper.paragraphs) + paper.addressee for paper in found)
        assert not re.search("县委|乡镇党委|市院|我局在|全高", words)

    def test_papers_are_written_on_working_days_in_order(self, papers):
        days = [paper.written_on for paper in papers]
        assert days == sorted(days)
        assert {day.year for day in days} == {2026}
        assert all(day.weekday() < 5 for day in days)
        assert not any(date(2026, 2, 15) <= day <= date(2026, 2, 23) for day in days)

    def test_nothing_is_written_outside_the_days_asked_for(self):
        since, until = date(2025, 12, 1), date(2026, 3, 31)
        days = [paper.written_on for paper in of(COUNTY, 60, since, until)]
        assert len(days) == 60
        assert since <= min(days) < date(2026, 1, 1) < max(days) <= until

    def test_more_papers_than_things_to_say_are_still_delivered(self):
        assert len(of(COUNTY, 400, until=date(2026, 1, 31))) == 400

    def test_no_day_no_paper(self):
        assert of(COUNTY, 5, until=date(2025, 12, 31)) == []

    def test_a_title_names_its_kind(self, papers):
        for paper in papers:
            if paper.kind == "纪要":
                assert paper.title.endswith("纪要")
            else:
                assert re.search(rf"关于.+的复?{paper.kind}$", paper.title), paper.title
            assert paper.title.count("《") == paper.title.count("》")

    def test_nothing_is_left_to_fill_in_and_nothing_is_classified(self, papers):
        for paper in papers:
            words = "".join(map(str, paper.__dict__.values()))
            assert not re.search(r"绝密|机密|秘密|[{}]|\d{7}", words), paper
            assert paper.addressee or paper.kind == "纪要"

    def test_a_paper_has_three_to_eight_paragraphs(self, papers):
        assert {len(paper.paragraphs) for paper in papers} <= set(range(3, 9))

    def test_numbers_are_well_formed_and_rise_in_their_series(self, papers):
        series = {}
        for paper in papers:
            match = re.fullmatch(r"(\w{2,7})〔2026〕([1-9]\d*)号", paper.sender_number)
            assert match, paper.sender_number
            series.setdefault(match[1], []).append(int(match[2]))
        assert all(one < next_one for run in series.values() for one, next_one in pairwise(run))

    def test_only_what_goes_upwards_names_who_signed_it(self, papers):
        for paper in papers:
            assert bool(paper.signed_by) == (paper.kind in ("请示", "报告"))

    def test_lower_procuratorates_are_signed_for_by_their_chiefs(self):
        chiefs = {
            office.name: post.name
            for office in people.OFFICES
            for post in office.posts
            if post.role == "chief"
        }
        signed = [
            paper
            for place in (Place(PROVINCE), CITY, Place("霁陵市"))
            for paper in of(place, 200)
            if paper.signed_by and paper.sender in chiefs
        ]
        assert {paper.sender for paper in signed} == {
            office.name for office in people.OFFICES if office.superior
        }
        assert all(paper.signed_by == chiefs[paper.sender] for paper in signed)


class TestPdf:
    def test_a_paper_shows_its_title_number_and_last_words(self, papers):
        for paper in papers[::12]:
            text = "".join(pages(pdf.render(paper)))
            assert paper.title in text
            assert paper.sender_number in text
            assert paper.addressee in text
            assert paper.paragraphs[-1] in text

    def test_title_lines_fit_and_lose_nothing(self, papers):
        for paper in papers:
            lines = pdf._title_lines(paper.title)
            assert "".join(lines) == paper.title
            assert all(0 < len(line) <= 20 for line in lines)
            assert not any(line[0] in "》”，、的" or line[-1] in "《“" for line in lines)

    def test_a_long_paper_has_pages_and_the_imprint_stands_on_the_last(self, papers):
        longest = max(papers, key=lambda paper: len("".join(paper.paragraphs)))
        sheets = pages(pdf.render(longest))
        assert len(sheets) in (2, 3)
        assert [f"—{number}—" in sheet for number, sheet in enumerate(sheets, 1)] == [True] * len(
            sheets
        )
        assert ["印发" in sheet for sheet in sheets][-1]
        assert longest.paragraphs[-1][-10:] in sheets[-1]

    def test_a_letter_has_a_letterhead_and_the_rest_a_red_head(self, papers):
        for paper in papers[:12]:
            first = pages(pdf.render(paper))[0]
            plain = f"{paper.sender}文件" in first
            assert plain == (paper.kind not in ("函", "纪要"))

    def test_words_are_never_markup(self, papers):
        tricky = replace(papers[0], paragraphs=("#panic[坏] $x$ *粗* <标> @引",) * 3)
        assert "#panic[坏]$x$*粗*<标>@引" in "".join(pages(pdf.render(tricky)))

    def test_the_stamp_of_the_receiver_stands_on_the_first_page_only(self, papers):
        paper = max(papers, key=lambda paper: len("".join(paper.paragraphs)))
        sheets = pages(pdf.render(paper, "收文专用章\n2026年5月8日"))
        assert ["收文专用章" in sheet for sheet in sheets] == [True] + [False] * (len(sheets) - 1)

    def test_a_missing_font_is_not_overlooked(self, papers, monkeypatch, tmp_path):
        template = pdf._TEMPLATE.read_text(encoding="utf-8")
        broken = tmp_path / "letter.typ"
        broken.write_text(template.replace("Noto Serif SC", "No Such Font"), encoding="utf-8")
        monkeypatch.setattr(pdf, "_TEMPLATE", broken)
        with pytest.raises(pdf.TypesettingError, match="no such font"):
            pdf.render(papers[0])

    def test_a_scan_is_one_grey_page_the_same_each_time(self, papers):
        content = pdf.scan(papers[0])
        picture = Image.open(io.BytesIO(content))
        assert (picture.format, picture.mode) == ("JPEG", "L")
        assert 1.40 < picture.height / picture.width < 1.43
        assert picture.getextrema()[0] < 60
        assert content == pdf.scan(papers[0])


@pytest.fixture(params=people.OFFICES, ids=lambda office: office.short_name)
def office(request):
    return request.param


class TestPeople:
    def test_logins_are_unique_in_the_whole_installation(self):
        logins = [person.login for office in people.OFFICES for person in office.people]
        assert len(logins) == len(set(logins))
        assert all(re.fullmatch(r"[a-z]+\.[a-z]+2?", login) for login in logins)

    def test_one_pair_of_namesakes_works_in_two_departments_of_one_city(self, office):
        counted = Counter(person.name for person in office.people)
        twice = [name for name, times in counted.items() if times > 1]
        assert len(twice) == (office.short_name == "澜江市院")
        for name in twice:
            where = [post.department for post in office.posts if post.name == name]
            assert len(where) == len(set(where)) == 2

    def test_a_county_office_is_fifteen_people_who_hold_more_than_fifteen_posts(self, office):
        if office.level != "county":
            return
        unit = next(unit for unit in office.units if unit.name == "办公室")
        posts = [post for post in office.posts if post.department == "办公室"]
        roles = Counter(post.role for post in posts)
        assert len(unit.people) == len({post.login for post in posts}) == 15
        assert len(posts) > 15
        assert roles["records_clerk"] == 2
        assert {"supervision_officer", "liaison_officer", "archivist", "staff"} <= set(roles)

    def test_every_department_has_one_head_and_two_to_four_staff(self, office):
        for unit in office.units:
            posts = [post for post in office.posts if post.department == unit.name]
            head = "office_director" if unit.name == "办公室" else "department_head"
            heads = [post for post in posts if post.role in ("office_director", "department_head")]
            assert [post.role for post in heads] == [head]
            assert heads[0].login == unit.people[0].login
            if unit.name != "办公室":
                assert 2 <= sum(post.role == "staff" for post in posts) <= 4

    def test_leaders_share_out_all_departments(self, office):
        chiefs = [post for post in office.posts if post.role == "chief"]
        vices = [post for post in office.posts if post.role == "vice_chief"]
        assert len(chiefs) == 1
        assert len(vices) in (2, 3, 5)
        in_charge = [name for post in vices for name in post.in_charge_of]
        assert sorted(in_charge) == sorted(unit.name for unit in office.units)

    def test_administrators_are_three_people_without_another_post(self, office):
        administrators = [post for post in office.posts if post.role in ADMINISTRATORS]
        assert {post.role for post in administrators} == ADMINISTRATORS
        assert len(administrators) == 3
        for administrator in administrators:
            assert [post for post in office.posts if post.login == administrator.login] == [
                administrator
            ]

    def test_nobody_holds_the_same_post_twice_or_none(self, office):
        held = [(post.login, post.role, post.department) for post in office.posts]
        assert len(held) == len(set(held))
        assert {post.login for post in office.posts} == {person.login for person in office.people}

    def test_no_login_is_read_another_way_than_its_name(self, office):
        for person in office.people:
            letters_of = pypinyin.pinyin(person.name, style=pypinyin.NORMAL, heteronym=True)
            said = {"".join(parts) for parts in product(*letters_of)}
            assert person.login.rstrip("2").replace(".", "") in said, person

    def test_the_superior_comes_first(self):
        known = {""}
        for office in people.OFFICES:
            assert office.superior in known
            known.add(office.name)
