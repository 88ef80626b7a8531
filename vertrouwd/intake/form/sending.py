"""The last page is sent: it is received once and whole, or the reporter is told that it was not."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.intake.carried import Carried
from vertrouwd.intake.checking import Page
from vertrouwd.intake.form import answers as say
from vertrouwd.intake.institutions import known
from vertrouwd.intake.path import Road
from vertrouwd.intake.questions import INSTITUTION, Step
from vertrouwd.intake.receipt import already_received_page, receipt_page
from vertrouwd.intake.receiving import (
    AlreadyReceived,
    NotReceived,
    OtherContent,
    Reason,
    receive,
)
from vertrouwd.intake.telling import told_of


def send(request: HttpRequest, carried: Carried, files: Sequence[SealedFile]) -> HttpResponse:
    """The receipt, or what stands in the way of it. The road has come to its end."""
    road: Road = carried.road
    institution = known(road.answers["plek"])
    if institution is None and road.answers["plek"].startswith(INSTITUTION):
        return say.again(request, carried, Step.INSTITUTION, Page({"plek": ""}, {"plek": "gone"}))
    try:
        receipt = receive(told_of(road.answers, institution), token=carried.token, files=files)
    except AlreadyReceived:
        return already_received_page(request)
    except OtherContent:
        return say.other_content(request, carried)
    except NotReceived as fault:
        if fault.reason is Reason.DUTY_RUNS:
            wrong = Page({"afspraak": ""}, {"afspraak": "not_received_duty"})
            return say.again(request, carried, Step.CONDITION, wrong)
        return say.not_received(request, carried)
    return receipt_page(request, receipt)
