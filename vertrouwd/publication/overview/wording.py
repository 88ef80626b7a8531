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
NOT_ADDING_UP = (
    "Een dossier kan in meer dan één rij tellen, dus de rijen tellen niet op tot het totaal."
)
SHARE = "Als een aantal stijgt, stijgt het aandeel niet vanzelf mee."

SUM = "«Seksueel geweld» is seksueel misbruik en seksuele intimidatie samen."
PROVISIONAL = "Voorlopig: het jaar was nog niet voorbij toen deze telling werd vastgelegd."

# What the words of a school are called where children are looked after.
IN_CHILDCARE = {
    "leerling": "kind",
    "op school": "op de opvang",
    "buiten school": "buiten de opvang",
    "ongewenste relatie personeelslid-leerling": "ongewenste relatie personeelslid-kind",
    "Dossiers naar leeftijd van de jongste betrokken leerling": (
        "Dossiers naar leeftijd van het jongste betrokken kind"
    ),
    "leeftijd van de jongste betrokken leerling": "leeftijd van het jongste betrokken kind",
    "De jongste leerling die bij het dossier betrokken is, als betrokkene of als beklaagde.": (
        "Het jongste kind dat bij het dossier betrokken is, als betrokkene of als beklaagde."
    ),
    "Onbekend: geen leerling, of geen leeftijd genoemd.": (
        "Onbekend: geen kind, of geen leeftijd genoemd."
    ),
    "Over wie gaat de melding? Een «met taken belast persoon» werkt voor de instelling: een "
    "docent, een conciërge, een vrijwilliger.": (
        "Over wie gaat de melding? Een «met taken belast persoon» werkt voor de opvang: een "
        "pedagogisch medewerker, een gastouder, een vrijwilliger."
    ),
}

# A chart in words; the marks g and v follow the number as in the chart.
DESCRIPTION = "De langste staaf is {label}, met {number}. De tabel hierbij geeft alle aantallen."
NOTHING_DRAWN = "Er zijn geen aantallen om te tekenen."

# What stands under a heading; a table's own note says what it counts.
INTRODUCTIONS = {
    "three-years": "Elk aantal komt uit de telling van dat jaar of uit een eerdere publicatie. "
    "Waar niets is gepubliceerd, staat dat er.",
    "category": "Elk dossier heeft één hoofdonderwerp.",
    "category-by-sector": "Het hoofdonderwerp van de dossiers in elke sector. De staven hebben "
    "overal dezelfde schaal.",
    "subcategory-by-sector": "Binnen een categorie heeft een dossier één subcategorie.",
    "accused-role": "Over wie gaat de melding? Een «met taken belast persoon» werkt voor de "
    "instelling: een docent, een conciërge, een vrijwilliger.",
    "place": "Waar het voorval zou zijn gebeurd.",
}
