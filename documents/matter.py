"""Everything on the page of one paper: the paper, its sheet, its trail, and what to do next."""

from typing import Any

from activity import drafts, explanation, trail
from attachments.models import Attachment
from documents import forms, queries
from documents.models import IncomingPaper
from documents.offer import Offer
from organization.actor import ActorRequest


def matter(
    request: ActorRequest, paper: IncomingPaper, bound: forms.ActForm | None, asked: str
) -> dict[str, Any]:
    """What the template draws. `bound` is a form that was refused, `asked` an act to be shown."""
    lines, holders = trail.lines(paper), trail.holders(paper)
    boxes = queries.sheet(lines)
    offer = Offer.of(request, paper, bound, asked)
    mine = [line.event for line in lines if line.event.user == request.actor.user]
    return {
        "paper": paper,
        "acts": offer.acts,
        "asides": offer.asides,
        "left_over": drafts.left_over(offer.saved, offer.gone, forms.FORMS, mine),
        "conflict": queries.conflict(offer.duties, mine),
        "attachments": list(Attachment.objects.about(paper)),
        "boxes": boxes,
        "said": queries.said(boxes),
        "assisting": queries.assisting(paper),
        "light": queries.current_light(paper),
        "deadlines": explanation.cards(paper, lines),
        "phases": queries.phases(paper, lines, holders),
        "lines": lines,
        "holders": holders,
        "readers": queries.readers(paper),
    }
