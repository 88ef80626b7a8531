"""The fixed words of the overview, in Dutch of level B1. No count stands here: those come from the
release.
"""

# Always printed (domain, words and the guard each needs; Kamerstuk 29 240 nr. 136).
NOT_A_FACT = (
    "Dat een melding wordt gedaan, wil niet zeggen dat er zich ook een ernstig feit heeft "
    "voorgedaan."
)
FOOTNOTE = (
    "Meldingen van verschillende melders over dezelfde casus bij een instelling worden "
    "samengevoegd tot één dossier. Het overzicht telt dossiers, niet de meldingen die eronder "
    "liggen."
)
NO_INVESTIGATION = (
    "De vertrouwensinspecteurs doen geen onderzoek naar de achtergrond van de meldingen. Deze "
    "cijfers zeggen dus niet waardoor een aantal stijgt of daalt."
)
NOT_HOW_OFTEN = (
    "Meldingen meten niet hoe vaak iets gebeurt. Niet iedereen meldt wat hij meemaakt of ziet."
)
NEW_DOSSIERS = (
    "Een dossier telt in het jaar van de eerste melding. Latere meldingen veranderen dat niet."
)
ABOUT = (
    "Iedereen die in of rond school te maken heeft met seksueel misbruik, seksuele intimidatie, "
    "psychisch of fysiek geweld, discriminatie of radicalisering kan terecht bij de "
    "vertrouwensinspecteurs. Zij luisteren, informeren en geven advies als dat nodig is."
)
ABOUT_CHILDCARE = (
    "Iedereen die in of rond de kinderopvang te maken heeft met seksueel misbruik, seksuele "
    "intimidatie, psychisch of fysiek geweld, discriminatie of radicalisering kan terecht bij de "
    "vertrouwensinspecteurs. Zij luisteren, informeren en geven advies als dat nodig is."
)

DEMONSTRATION = "De dossiers in dit overzicht zijn verzonnen; de gepubliceerde aantallen zijn echt."
FLAG_MEANINGS = {
    "g": "gepubliceerd: dit aantal is eerder openbaar gemaakt; het cijfer erachter is de bron",
    "v": "verzonnen: dit aantal hoort bij de demonstratie en zegt niets over de werkelijkheid",
}
COUNTED_MEANING = "zonder letter: geteld in de dossiers van dit jaar"

NOT_ADDING_UP = (
    "Eén dossier kan in meer regels meetellen. De regels tellen daarom niet op tot het totaal."
)
UNIT_BREAK = (
    "Let op de eenheid: vroeger heetten de getelde zaken meldingen, sinds januari 2024 dossiers. "
    "Oudere jaren zijn toen opnieuw geteld. Een verschil met een ouder jaar kan ook daardoor komen."
)
UNIT_BREAK_BEFORE = 2022  # domain rule C10: a year that starts earlier may be of another unit
CORONA = (
    "In de coronatijd waren scholen en kinderopvang lang dicht. De jaren 2019-2020 en 2020-2021 "
    "zijn daarom geen goede maat voor wat gewoon is."
)
CORONA_STARTS = (2019, 2020)  # domain rule C9
SHARE = "Als een aantal stijgt, stijgt het aandeel niet vanzelf mee."

# A chart in words; the marks g and v follow the number as in the chart.
DESCRIPTION = "De langste staaf is {label}, met {number}. De tabel hierbij geeft alle aantallen."
NOTHING_DRAWN = "Er zijn geen aantallen om te tekenen."

# What stands under each heading; the order here is the order of the overview.
INTRODUCTIONS = {
    "three-years": "Elk aantal komt uit de telling van dat jaar of uit een eerdere publicatie. "
    "Waar niets is gepubliceerd, staat dat er.",
    "category": "Elk dossier heeft één hoofdonderwerp.",
    "sector": "Wil een melder de school of sector niet noemen, dan telt het dossier onder "
    "«niet bekendgemaakt».",
    "category-by-sector": "Het hoofdonderwerp van de dossiers in elke sector. De staven hebben "
    "overal dezelfde schaal.",
    "subcategory-by-sector": "Binnen een categorie heeft een dossier één subcategorie.",
    "accused-role": "Over wie gaat de melding? «Met taken belast» is wie voor de school werkt: "
    "een docent, een conciërge, een vrijwilliger.",
    "discrimination-ground-by-accused-role": "Dossiers over discriminatie: op welke grond, en over "
    "wie gaat de melding?",
    "age": "De leeftijd van de jongste leerling die betrokken is, als betrokkene of als beklaagde.",
    "place": "Waar het voorval zou zijn gebeurd.",
    "social-media": "Of sociale media een rol hadden.",
    "setting": "De soort opvang waar het over gaat.",
    "month": "Dossiers tellen in de maand van de eerste melding, meldingen in de maand waarin ze "
    "binnenkwamen.",
    "police-referral": "Dossiers waarin de melder is verwezen naar de (zeden)politie. Dit zijn "
    "verwijzingen, geen aangiftes en geen veroordelingen.",
}
