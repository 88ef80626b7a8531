"""One's own e-mails: on, off, and to which address."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.desk.notices.forms import NoticesForm
from vertrouwd.dossiers.refused import Refused
from vertrouwd.notices import mail
from vertrouwd.notices.actions import choice_of, choose_notices

HERE = "/mijn-account/e-mail"


@requires(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """Which e-mails one gets: never with content."""
    choice = choice_of(request.user)
    initial = {
        "address": choice.address if choice else "",
        "ready": choice.ready if choice else True,
        "digest": choice.digest if choice else True,
    }
    form = NoticesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            choose_notices(**form.cleaned_data, by=request.user)
        except Refused as reason:
            form.add_error("address", str(reason))
        else:
            messages.success(request, gettext("Uw keuze is bewaard."))
            return HttpResponseRedirect(HERE)
    page = {"form": form, "road": mail.road().name, "chose": choice is not None}
    return render(request, "desk/notices/choose.html", page, status=400 if form.errors else 200)
