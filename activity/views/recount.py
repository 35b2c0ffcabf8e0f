"""时限重算: open deadlines counted again when the calendar has changed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from activity import access, recount, recount_list
from activity.forms.recount import RecountForm
from organization.actor import ActorRequest

LIST_CHANGED = gettext_lazy(
    "The list has changed meanwhile, so nothing was done. This is the list as it is now: "
    "please check it and sign again."
)


@require_safe
def recount_page(request: ActorRequest) -> HttpResponse:
    """时限重算: which open deadlines the calendar of now counts differently."""
    return _recount(request, RecountForm())


@require_POST
def sign_recount(request: ActorRequest) -> HttpResponse:
    """The office director signs for the list as it was shown, or sees the one of now."""
    if not access.may_sign_recount(request.actor):
        raise PermissionDenied(access.WHO_SIGNS_RECOUNT)
    form = RecountForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was sent yet: please correct what is marked in red."))
        return _recount(request, form)
    reason = form.cleaned_data["reason"]
    try:
        count = recount.sign(request.POST.get("digest", ""), reason, by=request.actor)
    except recount.ListChanged:
        messages.error(request, LIST_CHANGED)
        return _recount(request, RecountForm(initial={"reason": reason}))
    said = ngettext(
        "%(count)s deadline was recounted.", "%(count)s deadlines were recounted.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("activity:recount")


def _recount(request: ActorRequest, form: RecountForm) -> HttpResponse:
    if not access.may_see_recount(request.actor):
        raise PermissionDenied(access.WHO_SEES_RECOUNT)
    context = {
        "listing": recount_list.listed(request.actor, timezone.localdate()),
        "form": form,
        "may_sign": access.may_sign_recount(request.actor),
        "signed": recount.last_signature(request.actor.procuratorate),
    }
    return render(request, "activity/recount.html", context)
