"""Let several people do something at the same moment, each with a connection of their own.

results = at_once(lambda: assign(...), lambda: assign(...))
"""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each gave, or the exception it raised, in the order of the acts."""
    start, results = Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[number] = act()
        except Exception as fault:
            results[number] = fault
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
