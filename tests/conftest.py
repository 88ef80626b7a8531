"""What every test may ask for."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is no counterexample; what is tried for a change is the same each time.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("house")

TESTS = Path(__file__).resolve().parent

# Whole roads, whole registers, other processes: `make test` runs them, `make check` does not.
SLOW = {
    "attachments/test_cleaning_images.py",
    "attachments/test_cleaning_office.py",
    "attachments/test_cleaning_opening.py",
    "attachments/test_cleaning_pdf.py",
    "attachments/test_real_uploads.py",
    "audit/test_writers.py",
    "demonstration/test_institutions.py",
    "demonstration/test_make_year.py",
    "demonstration/test_office.py",
    "demonstration/test_random_tables.py",
    "desk/test_attachments.py",
    "duties/test_assess_duties_command.py",
    "duties/test_laws.py",
    "figures/test_counts.py",
    "project/test_check_filing_proof.py",
    "project/test_command_line.py",
    "project/test_crowd_served.py",
    "project/test_database_roles.py",
    "project/test_home.py",
    "project/test_memory.py",
    "project/test_run_demonstration.py",
    "project/test_hostile_requests.py",
    "project/test_logs.py",
    "project/test_public_settings.py",
    "project/test_serve.py",
    "publication/test_letter_files.py",
    "publication/test_make_overview.py",
    "publication/test_overview_document.py",
    "schools/test_find_school.py",
    "schools/test_register_import.py",
    "sealing/test_dump.py",
    "sealing/test_faults.py",
    "sealing/test_public_process.py",
    "signpost/test_every_road.py",
}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-tests",
        action="store_true",
        help="run only the tests that use the database (for a second run on PostgreSQL)",
    )


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """Thousands of tests, and all that they import, stay until the end: the garbage collector need
    not walk through them again and again, which took a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        place = item.path.relative_to(TESTS).as_posix()
        if place in SLOW or place.startswith("stories/"):
            item.add_marker(pytest.mark.slow)
    if not config.getoption("--database-tests"):
        return
    chosen = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser") or item.get_closest_marker("one_engine"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)


@pytest.fixture(autouse=True)
def _postgres_tests_need_postgres(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and not os.environ.get("VERTROUWD_DATABASE"):
        pytest.skip("says something about PostgreSQL only; `make test` runs it there")


@pytest.fixture(scope="session", autouse=True)
def _the_database_of_the_tests_can_be_emptied() -> Iterator[None]:
    from tests.emptying import append_only_tables_can_be_emptied

    with append_only_tables_can_be_emptied():
        yield


@pytest.fixture(scope="session", autouse=True)
def _guessing_is_cheap() -> Iterator[None]:
    from tests.hashing import cheap

    with cheap():
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_same_is_not_worked_out_again() -> Iterator[None]:
    from tests.done_once import remembered

    with remembered():
        yield


@pytest.fixture
def real_cost() -> Iterator[None]:
    """For tests about what guessing costs."""
    from tests.hashing import real

    with real():
        yield


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    """An empty home folder of this test alone; commands called in the test use it too."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    settings.VERTROUWD_HOME = folder
    return folder


@pytest.fixture
def actor(db):
    """The system, for acts that need a `by=`."""
    from vertrouwd.accounts.models import system_actor

    return system_actor()


@pytest.fixture
def casework(settings):
    """The pages and the middleware of the casework process, instead of the public ones."""
    from vertrouwd.project.settings import casework as process

    settings.ROOT_URLCONF = process.ROOT_URLCONF
    settings.MIDDLEWARE = process.MIDDLEWARE
    settings.CONTENT_SECURITY_POLICY = process.CONTENT_SECURITY_POLICY
    settings.VERTROUWD_PROCESS = "casework"
    return settings
