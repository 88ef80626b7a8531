"""Models say what is personal, and their migrations are written."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

OWN = [model for model in apps.get_models() if model.__module__.startswith("vertrouwd.")]


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_every_field_is_declared_personal_or_plain(model: type[models.Model]):
    fields = {field.name for field in model._meta.get_fields() if field.concrete} - {"id"}
    privacy = vars(model).get("Privacy")
    assert privacy, f"{model.__name__} has no class Privacy"
    personal = set(getattr(privacy, "personal", ()))
    plain = set(getattr(privacy, "plain", ()))
    assert not personal & plain
    assert personal | plain == fields


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_every_model_says_what_it_is_in_the_world(model: type[models.Model]):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")  # Django's own stand-in


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_no_rule_hides_in_a_custom_save(model: type[models.Model]):
    assert "save" not in vars(model)


def test_every_change_of_a_model_has_its_migration(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
