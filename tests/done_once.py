"""What comes out the same each time is worked out once for all tests: it tells nothing new."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pyshamir._utils
import pytest
from whitenoise.middleware import WhiteNoiseMiddleware


@contextmanager
def remembered() -> Iterator[None]:
    """In this process the parts below are asked once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", _found_once())
        # Shares multiply bit by bit, so that the time tells nothing; no test is about that time.
        patch.setattr(pyshamir._utils, "mul", cache(pyshamir._utils.mul))
        yield


def _found_once():
    """The static files: each test client makes its middleware anew, which walks all folders."""
    find, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add_files(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            find(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    return add_files
