"""Which institutions somebody may mean: those of the register, and those that stand in none."""

from vertrouwd.schools.lookup import find_schools
from vertrouwd.schools.models import Institution
from vertrouwd.schools.other_institutions import find_others, is_like, is_spelled_in


def meant_by(text: str, *, limit: int) -> list[Institution]:
    """At most `limit` of each of the two; of their boards the public process may read nothing.

    First those in which each word stands as it was typed, last those that are hardly like the text.
    """
    numbers = [match.place.institution for match in find_schools(text, limit=limit)]
    rows = Institution.objects.in_bulk(numbers)
    found = [*(rows[n] for n in numbers if n in rows), *find_others(text, limit=limit)]
    return sorted(found, key=lambda each: (not is_spelled_in(text, each), not is_like(text, each)))
