"""Words of the files that come with a report. House words («te controleren»)."""

from enum import StrEnum


class Cleaning(StrEnum):
    """What became of the copy that is safe to look at."""

    WAITING = "nog niet bekeken"  # nobody opened it yet
    CLEANED = "schone kopie"  # made anew, without what it said of its maker
    NOT_POSSIBLE = "niet schoon te maken"  # a kind we cannot make anew, or a broken file
    QUARANTINED = "in quarantaine"  # the scan found something: it is not shown


class Scan(StrEnum):
    """What a scan for harmful software found."""

    NOT_DONE = "niet gescand"  # no scanner is set up, or nobody opened it yet
    NOTHING_FOUND = "niets gevonden"
    FOUND = "iets gevonden"
    FAILED = "scan mislukt"


class Evidence(StrEnum):
    """Why somebody saves the original of a file."""

    POLICE = "voor politie of justitie"
    EXAMINE = "om het bestand zelf te onderzoeken"
    NOT_SHOWN = "het is hier niet te bekijken"
    REPORTER = "de melder vraagt erom"
