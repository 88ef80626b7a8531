"""Who has how much, for who divides the work."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.audit.record import LIST, look
from vertrouwd.desk.workload.counts import workload


@requires(Permission.DIVIDE_WORK)
@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """How much everybody has, how much nobody has, and what comes and goes: numbers only."""
    found = workload(request.user, now=timezone.now())
    count = len(found.people)
    look(by=request.user, kind="account", action=LIST, count=count, detail={"content": False})
    return render(request, "desk/workload/show.html", {"load": found})
