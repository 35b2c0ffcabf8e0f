"""What the page of a paper offers its reader: forms, and links to forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from activity import drafts, phrases
from activity.models import Draft
from activity.steps import Step, open_duties
from documents import forms
from documents.flow import incoming as flow
from documents.models import IncomingPaper
from organization.actor import ActorRequest


@dataclass
class Offer:
    """The steps that are open for the reader: a page never offers what the flow would refuse."""

    duties: set[str]
    saved: Mapping[str, Draft]  # drafts by step
    acts: list[tuple[Step, forms.ActForm]] = field(default_factory=list)
    asides: list[Step] = field(default_factory=list)
    open: set[str] = field(default_factory=set)  # names of all of them

    @classmethod
    def of(
        cls,
        request: ActorRequest,
        paper: IncomingPaper,
        bound: forms.ActForm | None,
        asked: str,
    ) -> Offer:
        """`bound` is a form that was refused, `asked` an act that somebody followed a link to."""
        actor = request.actor
        offer = cls(open_duties(paper, actor), drafts.about(paper, flow.KIND, actor))
        typed = request.POST.get("opinion", "")  # under the other button: kept as well
        said = phrases.offered(actor)
        for step in flow.STEPS:
            if not step.is_open(paper, actor, offer.duties):
                continue
            offer.open.add(step.name)
            kind = forms.FORMS[step.name]
            shown = type(bound) is kind or asked == step.name
            if kind.is_aside(paper, offer.duties) and not shown and step.name not in offer.saved:
                offer.asides.append(step)
                continue
            draft = offer.saved.get(step.name)
            fresh = kind(paper=paper, actor=actor, typed=typed, draft=draft)
            form = bound if bound and type(bound) is kind else fresh
            form.draft, form.draft_key = draft, drafts.form_key(step.verb, paper)
            form.offer(said(step.name), step.name)
            offer.acts.append((step, form))
        offer.begin_with(asked or next((n for n, k in forms.FORMS.items() if type(bound) is k), ""))
        if asked and offer.acts and offer.acts[0][0].name == asked:
            del offer.acts[1:]  # no other button lies beside the one somebody came for
        return offer

    def begin_with(self, name: str) -> None:
        """What somebody asked for, or must correct, comes first."""
        self.acts.sort(key=lambda act: act[0].name != name)

    @property
    def gone(self) -> list[Step]:
        """The steps that are not open for the reader, though they once were."""
        return [step for step in flow.STEPS if step.name not in self.open]
