"""Under which decision detail leaves the house. One policy for now; every table names it."""

from vertrouwd.disclosure.safe import Policy

PUBLISHED_DETAIL = Policy(
    name="het detail dat de Inspectie zelf publiceerde",
    text=(
        "Tabellen en getallen verschijnen in het detail waarin de Inspectie van het Onderwijs ze "
        "zelf publiceerde; kleine aantallen zijn niet afgeschermd."
    ),
    decision="docs/decisions/published-detail.md",
)
