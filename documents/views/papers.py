"""The register, the page of a paper, and what its looking and printing leave behind."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity import inbox
from activity.record import record
from documents import access, forms, queries
from documents.matter import matter
from documents.models import IncomingPaper
from organization.actor import ActorRequest
from web.paging import Key, paginate

NEWEST = [Key("signed_for_at", descending=True), Key("id", descending=True)]


def paper_of(request: ActorRequest, pk: int) -> IncomingPaper:
    """A paper the actor cannot see does not exist for them; one that is only listed stays shut."""
    visible = IncomingPaper.objects.visible_to(request.actor).select_related("lead_department")
    paper = visible.filter(pk=pk).first()
    if paper is None:
        get_object_or_404(IncomingPaper.objects.listed_for(request.actor), pk=pk)
        raise PermissionDenied(
            _("You may see this line of the register, but the paper was not given to you.")
        )
    return paper


@require_safe
def register_list(request: ActorRequest) -> HttpResponse:
    """收文登记簿."""
    form = forms.RegisterFilter(request.GET)
    form.is_valid()
    papers = queries.register(request.actor, form.cleaned_data)
    page = paginate(papers, NEWEST, request.GET)
    context = {
        "form": form,
        "page": page,
        "lines": queries.register_lines(page.rows, request.actor),
        "may_sign_for": access.may_sign_for(request.actor, IncomingPaper()),
    }
    return render(request, "documents/register.html", context)


@require_safe
def incoming(request: ActorRequest, pk: int) -> HttpResponse:
    """A matter is one page: the paper, its processing sheet, its trail, and what to do next."""
    return page(request, paper_of(request, pk))


@require_POST
def opened(request: ActorRequest, pk: int) -> HttpResponse:
    """Sent by the page itself once it is on the screen: the reader has opened the paper."""
    inbox.mark_opened(paper_of(request, pk), request.actor, timezone.now())
    return HttpResponse(status=204)


@require_POST
def printed(request: ActorRequest, pk: int) -> HttpResponse:
    """Sent by the page as it goes to the printer: a paper copy exists from now on."""
    record("incomingpaper.print", paper_of(request, pk), by=request.actor)
    return HttpResponse(status=204)


@require_POST
def register_printed(request: ActorRequest) -> HttpResponse:
    """The same for a page of the register."""
    record("procuratorate.print_register", request.actor.procuratorate, by=request.actor)
    return HttpResponse(status=204)


@require_safe
def return_slip(request: ActorRequest, pk: int) -> HttpResponse:
    """退文单: goes back to the sender together with the paper."""
    paper = paper_of(request, pk)
    event = queries.screening(paper)
    if event is None:
        raise Http404
    return render(request, "documents/return_slip.html", {"paper": paper, "event": event})


def page(
    request: ActorRequest,
    paper: IncomingPaper,
    bound: forms.ActForm | None = None,
    asked: str = "",
) -> HttpResponse:
    return render(request, "documents/incoming.html", matter(request, paper, bound, asked))


@require_safe
def act(request: ActorRequest, pk: int, name: str) -> HttpResponse:
    """The page of a paper with the form of one act that the page itself only links to."""
    paper = paper_of(request, pk)
    if name not in forms.FORMS:
        raise Http404
    return page(request, paper, asked=name)
