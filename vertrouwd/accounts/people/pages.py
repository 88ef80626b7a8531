"""The pages about the people who work here, which more than one view answers with."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from vertrouwd.accounts.models import User
from vertrouwd.accounts.people import listing as people
from vertrouwd.accounts.people.actions import VALID_FOR, administrators
from vertrouwd.accounts.people.forms import PersonForm, SubjectForm
from vertrouwd.accounts.people.left_behind import left_behind
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.accounts.terms import Role


def people_page(request: SignedInRequest, form: PersonForm) -> HttpResponse:
    """Everybody, and the form for somebody new."""
    page = {
        "people": people.list_people(by=request.user),
        "form": form,
        "only_one_administrator": sum(a.has_usable_password() for a in administrators()) < 2,
    }
    return render(request, "accounts/people.html", page, status=400 if form.errors else 200)


def person_page(request: SignedInRequest, person: User, *, problem: str = "") -> HttpResponse:
    """One person, and what may be done."""
    roles = person.roles
    where = settings.VERTROUWD_ORGANISATION
    page: dict[str, Any] = {
        "person": person,
        "problem": problem,
        "stays": left_behind(person),
        "does_the_work": person.may(Permission.HANDLE_CASES),
        "is_self": person.pk == request.user.pk,
        "state": people.Person(person, ()).state,
        "roles": [role for role in Role if role in roles],
        "other_roles": [role for role in Role if role not in roles],
        "second_steps": people.second_steps_of(person),
        "organisation": where,
        "is_bound": bool(where and people.is_bound(person, where.key)),
        "subject_form": SubjectForm(),
    }
    return render(request, "accounts/person.html", page, status=400 if problem else 200)


def code_page(request: SignedInRequest, person: User, code: str) -> HttpResponse:
    """The code of an invitation, shown this once."""
    page = {
        "person": person,
        "invitation": code,
        "address": request.build_absolute_uri("/welkom"),
        "minutes": int(VALID_FOR.total_seconds() // 60),
    }
    return render(request, "accounts/invitation.html", page)
