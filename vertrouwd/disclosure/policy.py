"""Under which decision detail leaves the house. One policy for now; every table names it."""

from vertrouwd.disclosure.safe import Policy

PUBLISHED_DETAIL = Policy(
    name="het detail dat de Inspectie zelf publiceerde",
    text=(
        "De tabellen zijn even gedetailleerd als die de Inspectie van het Onderwijs zelf "
        "publiceerde; kleine aantallen zijn niet afgeschermd."
    ),
    decision="docs/decisions/published-detail.md",
)
