"""Where canaries are planted: each way that words come in, and what shows that they did.

A planting is done once, in the order of this table; it gives the proof: what was read back, or how
it was answered. An empty proof is a planting that did not arrive.
"""

from collections.abc import Callable

from tests.stories import planted_by_calls as calls
from tests.stories import planted_by_commands as commands
from tests.stories import planted_by_visitors as visitors
from tests.stories.sites import Sites

PLANTINGS: dict[str, Callable[[Sites], str]] = {
    "a reason of a broken glass": visitors.a_reason_of_a_broken_glass,
    "good rows of a file, CSV and Excel": commands.good_rows,
    "refused rows of a file": commands.broken_rows,
    "files that are no table": commands.files_that_break,
    "a call, its draft, a question about it": calls.a_call,
    "names, passwords and codes at the login": visitors.a_login,
    "an invitation, a password, an app, recovery codes": visitors.an_invitation_and_an_app,
    "words of a search": visitors.words_of_a_search,
    "addresses, queries, headers, forged cookies": visitors.addresses_queries_headers_and_cookies,
    "pages that break while words are in them": visitors.pages_that_break,
    "a view that raises all it was given": visitors.a_view_that_raises,
    "a new key and its passphrase": visitors.a_key_and_its_passphrase,
    "every field of every form, in every wrong way": visitors.every_form_of_every_role,
    "commands that ask for a secret and fail": commands.commands_that_fail,
    "a command whose database breaks": commands.a_command_whose_database_breaks,
}
