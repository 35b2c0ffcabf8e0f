"""重复来文: asked by the page while a form is filled in; and which names and numbers are alike."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from documents.numbers import normalized_number, same_sender
from tests.documents.factories import arrival, paper_in, sent
from tests.documents.test_duplicates import NUMBER, scan
from tests.documents.test_sign_for import FORM, with_files

ASK = "/documents/incoming/duplicates/"


def test_the_question_costs_the_same_for_one_and_for_sixty(cast, signed_in):
    client, costs = signed_in("clerk"), []
    for more in (1, 59):
        for _ in range(more):
            flow.sign_for(arrival(sender_number=NUMBER), by=cast.clerk, files=[sent(cast, scan())])
        asked = {"sender": FORM["sender"], "sender_number": NUMBER}
        file = sent(cast, scan())
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(ASK, asked | with_files(file))
        assert "附件内容相同" in answer.text
        file.delete()
        costs.append(len(queries))
    assert "另有 55 件" in answer.text
    assert costs[0] == costs[1]


def test_the_page_asks_while_the_form_is_filled_in(cast, signed_in):
    known, client = paper_in(State.HANDLING, cast), signed_in("clerk")
    asked = {"sender": known.sender, "sender_number": "丘检办[2026]8号"}
    answer = client.post(ASK, asked)
    assert "<html" not in answer.text
    assert known.number in answer.text
    assert "is-invalid" not in answer.text
    assert " checked" not in answer.text
    assert " checked" in client.post(ASK, asked | {"beside": str(known.pk)}).text
    assert client.post(ASK, {}).text.strip() == ""
    assert client.post(ASK, asked | {"of": str(known.pk)}).text.strip() == ""
    assert IncomingPaper.objects.count() == 1


def test_a_scan_is_compared_before_somebody_looked_at_it(cast, signed_in):
    paper_in(State.SIGNED_FOR, cast, file=scan())
    file = sent(cast, scan())
    assert not file.is_readable
    answer = signed_in("clerk").post(ASK, {"attachments": str(file.token)})
    assert "附件内容相同" in answer.text


@pytest.mark.parametrize("nonsense", [{"of": "x"}, {"attachments": "x"}, {"sender_number": "\x00"}])
def test_nonsense_is_answered_with_nothing(cast, signed_in, nonsense):
    answer = signed_in("clerk").post(ASK, nonsense)
    assert (answer.status_code, answer.text.strip()) == (200, "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("丘检办〔２０２６〕８号", "丘检办〔2026〕8号"),
        ("丘检(政)〔2026〕8号", "丘检（政）〔2026〕8号"),
        ("ＱＪ〔2026〕8号", "QJ〔2026〕8号"),
        ("第８次（会）", "第８次（会）"),
    ],
)
def test_widths_within_a_number_are_made_alike(typed, kept):
    assert normalized_number(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [("丘陵市人民检察院", "丘陵市人民法院"), ("南丘县人民检察院", "北丘县人民检察院"),
     ("中国人民银行", "中国银行")],
)  # fmt: skip
def test_other_bodies_are_not_the_same_sender(one, other):
    assert not same_sender(one, other)
