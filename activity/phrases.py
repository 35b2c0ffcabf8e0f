"""Set phrases (常用语) for the opinion boxes of a page."""

from collections.abc import Callable

from activity.models import Phrase
from organization.actor import Actor


def offered(actor: Actor) -> Callable[[str], list[str]]:
    """What the actor's procuratorate offers for an act: its own phrases, then those for all.

    One query at the first act that is asked about, none for those that follow.
    """
    rows = Phrase.objects.filter(procuratorate=actor.procuratorate, is_on=True)
    found = rows.order_by("position", "pk").values_list("act", "text")

    def phrases_for(act: str) -> list[str]:
        texts = [text for wanted in (act, "") for own, text in found if own == wanted]
        return list(dict.fromkeys(texts))

    return phrases_for
