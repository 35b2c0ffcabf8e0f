from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from organization.actor import ActorRequest
from organization.forms import SignInForm
from organization.middleware import CHOSEN

sign_in = LoginView.as_view(
    template_name="registration/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)


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
    return redirect("home:workbench")
