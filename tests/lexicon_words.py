"""Words of which a small lexicon is made."""

from __future__ import annotations

from lexicon_making import concept
from making import OneLexicon


class _Entries:
    """A vocabulary that has seen no text."""

    def __init__(self, lexicon=None):
        self._lexicon = lexicon or OneLexicon()

    def prefetch(self, wanted):
        pass

    def known(self, form, lang):
        return None

    def entry(self, form, lang):
        return self._lexicon.entry(form, lang)

    def folded(self, folded, lang):
        return ()

    def fitting(self, folded, lang, fits):
        return ()

    def of_lemma(self, lemma, lang):
        return ()


WORDS = (
    concept("nurse", en="nurse", cs="sestra; zdravotní sestra", sv="sjuksköterska"),
    concept("shortage", en="shortage; lack", cs="nedostatek", sv="brist"),
    concept("health", en="health", cs="zdraví", sv="hälsa"),
    concept("care", en="care", cs="péče", sv="vård"),
    concept("health-care", en="health care; healthcare", cs="zdravotní péče", sv="sjukvård"),
    concept("doctor", en="doctor", cs="lékař", sv="läkare"),
    concept("hospital", en="hospital", cs="nemocnice", sv="sjukhus"),
    concept("freedom-of-speech", en="freedom of speech", cs="svoboda slova", sv="yttrandefrihet"),
)
