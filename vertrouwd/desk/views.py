"""The first page, the lists, and breaking the glass."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.audit.record import LIST, look
from vertrouwd.desk import work
from vertrouwd.desk.forms import GlassForm, ReferenceForm
from vertrouwd.dossiers.actions import Refused
from vertrouwd.dossiers.assigning import break_glass
from vertrouwd.dossiers.terms import GlassGround

P = Permission
ON_A_PAGE = 50


@requires(P.KEEP_OWN_ACCOUNT)
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for this person, and what to do first."""
    waiting = work.work_of(request.user, opened=request.opened)
    return render(request, "desk/home.html", {"work": waiting})


@requires(P.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def dossiers(request: SignedInRequest) -> HttpResponse:
    """One's own dossiers; on duty also those that nobody handles. By POST: go to one."""
    form = ReferenceForm(request.POST or None)
    if form.is_valid():
        return HttpResponseRedirect(f"/dossiers/{form.cleaned_data['reference']}")
    own = work.own_dossiers(request.user)
    duty = work.duty_dossiers(request.user)
    page = Paginator(own, ON_A_PAGE).get_page(request.GET.get("pagina"))
    look(by=request.user, kind="dossier", action=LIST, count=len(page))
    context = {
        "page": page,
        "is_on_duty": work.on_duty(request.user),
        "duty": duty[:ON_A_PAGE],
        "form": form,
    }
    return render(request, "desk/dossiers.html", context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: OpenedRequest) -> HttpResponse:
    """Break the glass: open for three hours a dossier that is not one's own, and say why.

    Only for who has unlocked: an account with a role alone, without a key that colleagues granted,
    must not read the coded part of any dossier.
    """
    form = GlassForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        reference = asked["reference"]
        try:
            break_glass(
                reference,
                ground=GlassGround(asked["ground"]),
                reason=asked["reason"],
                by=request.user,
                opened=request.opened,
            )
        except Http404:  # not there, or not for this person: the same answer
            form.add_error("reference", gettext("Dit dossier is er niet."))
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return HttpResponseRedirect(f"/dossiers/{reference}")
    return render(request, "desk/glass.html", {"form": form}, status=400 if form.errors else 200)
