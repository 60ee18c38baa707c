"""The table of languages: adding one is one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progsearch.classes import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "UNDETERMINED", "Compounding", "Language"]

UNDETERMINED = "und"
"""BCP 47 tag of a text whose language cannot be told."""


@dataclass(frozen=True, slots=True)
class Compounding:
    """What compounds of a language are not made of.

    ``not_first`` are particles and prefixes, ``not_last`` suffixes that look like words;
    both are space-separated.
    """

    not_first: str
    not_last: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language: all that has to be said to add it.

    ``chain`` names the steps that look for a form's lemma, the first answer counts; see
    :mod:`progsearch.analysis.chain`. What they and the dictionary get wrong is mended by
    ``data/inflection``. ``stop_words`` are for ranking, keyness and telling languages apart;
    they are never left out of an index.
    """

    tag: str  # BCP 47, and the code of the dictionary
    name: str
    own_name: str
    chain: tuple[str, ...]
    stop_words: str
    prefixes: tuple[str, ...] = ()
    compounds: Compounding | None = None
    capitals: bool = False  # whether nouns, or all names of peoples, are written with one
    detector: str = ""  # the code of langdetect's profile, if it is not the tag

    @property
    def stop_list(self) -> frozenset[str]:
        """The stop words one by one."""
        return frozenset(self.stop_words.split())


_SWEDISH_PARTICLES = (
    "an att av be bi bort de den det där efter en er ett fi fort fram från för före förut ge"
    " genom här hä i igen in inne kring med miss mot ned ner nu o om på sam samt sin sär så"
    " till under upp ur ut utan van var vid å åter än över"
)

_TABLE = (
    Language(
        "cs",
        "Czech",
        "čeština",
        chain=("dictionary", "prefix", "analogy"),
        prefixes=("nej", "ne"),
        stop_words="""
            a aby ale ani aniž ano asi avšak až bez bude budeme budou by bych bychom
            byl byla byli bylo být co což další do dále ho i jak jako je jeho jehož
            jej jejich její jejíž jen jenž ještě jež ji jiné již jsem jsme jsou já k
            kde kdo když která které který kteří ku ma mají mezi mi mne mnou musí my
            má mít na nad například naše našich naší ne nebo neboť není než nic nám
            nás náš nýbrž něco o od on ona oni ono pak po pod podle pokud pouze pro
            proto protože právě před při s se si svou své svůj ta tak také takže tato
            tedy ten tento to tohoto tom toto tu tuto ty tyto tím těchto u už v ve vy
            vám vás více však všech všechny všem z za zda ze či že
        """,
    ),
    Language(
        "sv",
        "Swedish",
        "svenska",
        chain=("dictionary", "analogy"),
        compounds=Compounding(
            not_first=_SWEDISH_PARTICLES,
            not_last="al ande ang aktig ans ant ar are artad bar de dom ell else en ende ens ent er"
            " et full het iang inna ing ion isk ism ist iv lig ling las lös ning or sam sig sin"
            " ska skap tion ung",
        ),
        stop_words="""
            aldrig alla allt alltid att av blev bli blir bör de dem den denna deras
            dess dessa det detta dig din ditt du där då efter ej eller en er ett från
            får för genom gör göra ha hade han hans har hon honom hos hur här i icke
            ifrån in inom inte ja jag ju kan kunna man med mellan men mer mig min mot
            mycket måste ni nog nu när någon något några och också om oss på redan
            samt sedan sig sin sina sitt ska skall skulle som så sådan sådana till
            under upp ut utan vad var vara varit vi vid vilja vilka vilken vilket vår
            våra än är även över
        """,
    ),
    Language(
        "en",
        "English",
        "English",
        chain=("dictionary", "analogy"),
        capitals=True,
        stop_words="""
            a about after all also an and any are as at be because been before being
            between both but by can could did do does each for from had has have
            having he her here him his how i if in into is it its just like may me
            more most must my no not now of on one only or other our out over shall
            she should so some such than that the their them then there these they
            this those through to under up us was we were what when where which while
            who will with would you your
        """,
    ),
    Language(
        "sk",
        "Slovak",
        "slovenčina",
        chain=("dictionary", "analogy"),
        stop_words="""
            a aby aj ak ako ale alebo ani asi avšak až bez bol bola boli bolo bude
            budeme budú by byť do ešte ho i iba ich ja je jeho jej k kde kto ktorá
            ktoré ktorého ktorí ktorý ktorých ku len ma majú medzi mi mne musí my má
            môže na nad napríklad naše našej našich nie nielen niečo nič no nám nás
            náš o od on ona oni ono po pod podľa pokiaľ pre pred preto pretože pri s
            sa si sme so som svoj svoje sú ta tak také takže tam teda ten tento tie
            tieto tiež to tohto toto tu tá táto týchto tým u už v viac vo vy však
            všetko všetky všetkým z za zo áno čo ďalej že
        """,
    ),
    Language(
        "pl",
        "Polish",
        "polski",
        chain=("dictionary", "analogy"),
        stop_words="""
            a aby albo ale ani bardzo bez bo być był była było były będzie będą ci co
            czy dla do gdy gdzie go i ich ile im inne ja jak jako je jego jej jest
            jeszcze już każdy kiedy kto która które którego który których którzy lub
            ma mają mi między mnie może można my na nad nam nas nasz nawet nich nie
            nim niż o od on ona one oni oraz po pod podczas ponieważ przed przez przy
            również się swój są ta tak także tam te tego tej ten to tu tych tylko tym
            u w we więc wszystkie wszystko z za ze że żeby
        """,
    ),
    Language(
        "de",
        "German",
        "Deutsch",
        chain=("dictionary", "analogy"),
        capitals=True,
        stop_words="""
            aber alle als also am an auch auf aus bei beim bin bis da damit dann das
            dass dem den denn der des die dies diese dieser doch dort durch ein eine
            einem einen einer eines er es etwas für gegen haben hat hatte hier ich ihr
            ihre im in ins ist ja jede jeder kann kein keine können man mehr mit muss
            nach nicht noch nur ob oder ohne sehr sein seine seit sich sie sind so
            soll sondern um und uns unser unter vom von vor wann war waren was weil
            welche wenn wer werden wie wir wird wo wurde zu zum zur zwischen über
        """,
    ),
    Language(
        "da",
        "Danish",
        "dansk",
        chain=("dictionary", "analogy"),
        stop_words="""
            ad af aldrig alle at blev blive bliver da de dem den denne der deres det
            dette dig din disse du efter ej eller en end er et for fordi fra få får
            før gennem gik gjorde ham han hans har havde have hen hende her hun hvad
            hvem hver hvilke hvilken hvis hvor hvordan hvornår i igen ikke ind ingen
            jeg jo kan kun kunne lige længere man mange med meget mellem men mens mere
            mig mod må måtte ned nej nogen noget nogle nu når og også om op os over på
            samt selv sig sin sit skal skulle som så således til ud uden under var ved
            vi vil ville vor være været
        """,
    ),
    Language(
        "nb",
        "Norwegian Bokmål",
        "norsk bokmål",
        chain=("dictionary", "simplemma", "analogy"),
        detector="no",
        stop_words="""
            ad aldri alle at av ble blei bli blir bort både da de deg dem den denne
            der deres dersom det dette din disse du eller en enda enn er et etter
            finnes for fordi fra fram få får før gikk gjennom gjorde gjør ha hadde ham
            han hans har her hun hva hvem hver hvilke hvilken hvis hvor hvordan i
            igjen ikke ingen inn jeg jo kan kun kunne lar legge lenger man mange med
            meg mellom men mens mer mot mye må måtte ned nei noe noen nå når og også
            om opp oss over på samt seg selv selve siden sin sitt skal skulle slik
            slike som så til under ut uten var ved vi vil ville vår våre være vært
        """,
    ),
    Language(
        "fi",
        "Finnish",
        "suomi",
        chain=("dictionary", "analogy"),
        stop_words="""
            ainakin ei eikä eivät eli emme en ennen entä että he heidän hän hänen
            ilman itse ja jo joiden joita joka jonka jos joten jotka jälkeen kaikki
            kanssa kautta ketä koko koska kuin kuinka kuitenkin kun kuten kyllä me
            meidän mikä mikäli minkä minä missä miten mitä mukaan mutta muun myös ne
            niiden niin niistä niitä noin nyt näiden nämä ole oli olisi olivat olla
            olleet ollut on ovat pitää se sekä sen siellä siitä sillä sinä sitä tai te
            tietä tämä tämän tässä tästä tätä vaan vai vaikka vain vielä voi voidaan
            voivat yli
        """,
    ),
)

LANGUAGES: Mapping[str, Language] = {language.tag: language for language in _TABLE}
"""The languages by their BCP 47 tags, those of the demonstration corpus first."""
