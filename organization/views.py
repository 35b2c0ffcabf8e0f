from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from organization import signals
from organization.actor import ActorRequest
from organization.forms import OwnPasswordForm, SignInForm
from organization.middleware import CHOSEN, wear
from organization.models import Delegation, User

sign_in = LoginView.as_view(
    template_name="registration/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)


class ChangePassword(PasswordChangeView):
    """One's own, with an event in the same transaction."""

    template_name = "registration/change_password.html"
    form_class = OwnPasswordForm
    success_url = "/"

    def form_valid(self, form: Any) -> HttpResponse:
        request: Any = self.request
        with transaction.atomic():
            answer = super().form_valid(form)
            signals.administered.send(
                User, target=request.user, verb="user.password", by=request.actor, details={}
            )
        return answer


change_password = ChangePassword.as_view()


@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    """End the session and let the browser forget what it kept."""
    logout(request)
    answer = redirect("sign_in")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@require_POST
def choose(request: ActorRequest, pk: int) -> HttpResponse:
    """A person with posts in two procuratorates says in which one they work now."""
    if pk in {place.pk for place in request.procuratorates}:
        request.session[CHOSEN] = pk
        wear(request, None)
    return redirect("home:workbench")


@require_POST
def act_for(request: ActorRequest, pk: int) -> HttpResponse:
    """From now on for the holder of a post that is lent to me."""
    lent = Delegation.objects.visible_to(request.actor).in_force(timezone.localdate())
    wear(request, get_object_or_404(lent, pk=pk, delegate=request.user))
    return redirect("home:workbench")


@require_POST
def act_for_oneself(request: ActorRequest) -> HttpResponse:
    """Back to one's own posts."""
    wear(request, None)
    return redirect("home:workbench")
