from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity import access, drafts, forms, inbox, outbox, phrases
from activity.inbox import Box
from activity.models import MessageStatus, Notice, OutboxMessage, Phrase
from activity.record import visible_records
from activity.tasks import deliver_messages
from activity.wake import wake
from activity.words import sentence
from organization.actor import ActorRequest
from web.paging import Key, paginate

MOST_PRESSING = [Key("due_at", nullable=True), Key("id")]
NEWEST = [Key("closed_at", descending=True), Key("id", descending=True)]


@require_safe
def box(request: ActorRequest, name: str) -> HttpResponse:
    """待办 待阅 已办 已阅."""
    if name not in Box.values:
        raise Http404
    chosen, due = Box(name), request.GET.get("due", "")
    rows = inbox.rows(chosen, request.actor)
    if due in inbox.PRESSING:
        rows = inbox.pressing(rows, due, request.actor, timezone.now())
    keys = MOST_PRESSING if chosen in {Box.TO_DO, Box.TO_READ} else NEWEST
    page = paginate(inbox.with_what_a_line_shows(rows), keys, request.GET)
    lines = inbox.lines(page.rows, request.actor, timezone.localdate())
    context = {"box": chosen, "page": page, "lines": lines, "due": due}
    return render(request, "activity/box.html", context)


@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    """What happened to papers the reader took part in, newest first."""
    mine = Notice.objects.visible_to(request.actor).select_related(
        "event__user", "event__acting_for__user"
    )
    page = paginate(mine, [Key("id", descending=True)], request.GET)
    records = visible_records([notice.event for notice in page.rows], request.actor)
    lines = [
        (
            notice,
            records.get((notice.event.target_kind_id, notice.event.target_id)),
            sentence(notice.event),
        )
        for notice in page.rows
    ]
    return render(request, "activity/notices.html", {"page": page, "lines": lines})


@require_POST
def read_notices(request: ActorRequest) -> HttpResponse:
    """All notices up to now are read."""
    Notice.objects.unread_of(request.actor).update(read_at=timezone.now())
    return redirect("activity:notices")


@require_safe
def outgoing(request: ActorRequest) -> HttpResponse:
    """The outbox, for whoever keeps the system running: numbers and kinds, no text, no names."""
    if not access.may_see_outbox(request.actor):
        raise PermissionDenied(access.WHO_SEES_OUTBOX)
    mine = OutboxMessage.objects.visible_to(request.actor)
    left = mine.filter(status__in=[MessageStatus.PARKED, MessageStatus.WAITING])
    counts = outbox.counts(mine, timezone.localdate())
    parked = any(line.status == MessageStatus.PARKED for line in counts)
    context = {
        "page": paginate(left, [Key("status"), Key("id")], request.GET),  # parked ones first
        "counts": counts,
        "oldest": outbox.waiting_since(mine),
        "may_retry": parked and access.may_retry_outbox(request.actor),
    }
    return render(request, "activity/outgoing.html", context)


@require_POST
def retry_outgoing(request: ActorRequest) -> HttpResponse:
    """Parked messages are sent again."""
    count = outbox.retry(by=request.actor, now=timezone.now())
    wake(deliver_messages)
    said = ngettext(
        "%(count)s message is tried again.", "%(count)s messages are tried again.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("activity:outgoing")


@require_POST
def save_draft(request: ActorRequest) -> HttpResponse:
    """Sent by a page while somebody types into one of its forms; a sentence comes back."""
    try:
        form, typed = drafts.read(request.body)
        draft = drafts.save(form, typed, by=request.actor, now=timezone.now())
    except drafts.NotADraft:
        return HttpResponse(status=400)
    except drafts.TooMuch:
        return HttpResponse(status=429)
    at = timezone.localtime(draft.saved_at).strftime("%H:%M")
    return JsonResponse({"said": _("Draft saved %(time)s") % {"time": at}})


@require_POST
def discard_draft(request: ActorRequest) -> HttpResponse:
    """The form is as it was before; back to the page it stands on."""
    drafts.discard([request.POST.get("form", "")], by=request.actor)
    messages.success(request, _("The draft was discarded."))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else "home:workbench")


def _phrase(request: ActorRequest, pk: int) -> Phrase:
    """A phrase of somebody else does not exist."""
    return get_object_or_404(Phrase.objects.visible_to(request.actor), pk=pk)


def _phrases(
    request: ActorRequest,
    adding: forms.PhraseForm,
    chosen: Phrase | None = None,
    changing: forms.PhraseForm | None = None,
) -> HttpResponse:
    """The list; the phrase that is being changed is a form in its place."""
    context = {
        "mine": Phrase.objects.visible_to(request.actor),
        "acts": dict(phrases.acts()),
        "adding": adding,
        "chosen": chosen,
        "changing": changing,
        "most": phrases.MOST,
    }
    return render(request, "activity/phrases.html", context)


@require_safe
def own_phrases(request: ActorRequest) -> HttpResponse:
    """我的常用语. From an opinion box one comes with its act."""
    return _phrases(request, forms.PhraseForm(initial={"act": request.GET.get("act", "")}))


@require_POST
def add_phrase(request: ActorRequest) -> HttpResponse:
    form = forms.PhraseForm(request.POST)
    if not form.kept_by(partial(phrases.keep, by=request.actor)):
        return _phrases(request, form)
    messages.success(request, _("The phrase was saved."))
    return redirect("activity:phrases")


@require_POST
def keep_phrase(request: ActorRequest) -> HttpResponse:
    """Sent by a page: what stands in an opinion box. A sentence comes back."""
    form = forms.PhraseForm(request.POST)
    if not form.kept_by(partial(phrases.keep, by=request.actor)):
        return JsonResponse({"said": form.first_error()}, status=422)
    said = _("Saved among your phrases.")
    return JsonResponse({"said": said, "text": form.cleaned_data["text"]})


@require_http_methods(["GET", "HEAD", "POST"])
def change_phrase(request: ActorRequest, pk: int) -> HttpResponse:
    phrase, posted = _phrase(request, pk), request.method == "POST"
    known = {"text": phrase.text, "act": phrase.act}
    form = forms.PhraseForm(request.POST if posted else None, initial=known, prefix="changed")
    if not posted or not form.kept_by(partial(phrases.change, phrase, by=request.actor)):
        return _phrases(request, forms.PhraseForm(), phrase, form)
    messages.success(request, _("The phrase was saved."))
    return redirect("activity:phrases")


@require_POST
def move_phrase(request: ActorRequest, pk: int, places: int) -> HttpResponse:
    phrases.move(_phrase(request, pk), places, by=request.actor)
    return redirect("activity:phrases")


@require_POST
def delete_phrase(request: ActorRequest, pk: int) -> HttpResponse:
    phrases.delete(_phrase(request, pk), by=request.actor)
    messages.success(request, _("The phrase was deleted."))
    return redirect("activity:phrases")
