"""The first page, and breaking the glass."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.audit.record import refuse
from vertrouwd.desk import work
from vertrouwd.desk.forms import GlassForm
from vertrouwd.desk.lines import lines_of
from vertrouwd.dossiers.assigning import OpenAlready, break_glass
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import GlassGround

P = Permission


@requires(P.KEEP_OWN_ACCOUNT)
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for this person, and what to do first."""
    now = timezone.now()
    waiting = work.work_of(request.user, opened=request.opened, now=now)
    return render(request, "desk/home.html", {"work": waiting, "lines": lines_of(waiting, now=now)})


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
        except OpenAlready:
            messages.info(request, gettext("U kunt dit dossier al openen. Het glas is nog heel."))
            return HttpResponseRedirect(f"/dossiers/{reference}")
        except Refused as reason:
            refuse(by=request.user, action="break_glass", kind="dossier", object=reference)
            form.add_error(None, str(reason))
        else:
            return HttpResponseRedirect(f"/dossiers/{reference}")
    return render(request, "desk/glass.html", {"form": form}, status=400 if form.errors else 200)
