"""A browser that asks for a page that takes files."""

import pytest
from django.test import Client


@pytest.fixture
def browser(home, settings):
    settings.ROOT_URLCONF = "tests.attachments.page_that_takes"
    return Client(HTTP_HOST="localhost", raise_request_exception=False)
