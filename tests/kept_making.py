"""Words whose forms are kept."""

from __future__ import annotations

WORDS = {
    "cs": "nemocnice zdravotníků nejrychlejším Brnem sjezdovkami krokodýlům hypermarketizací",
    "sv": "sjukhusens elevhälsan kommunfullmäktigeordförandens blåbärspajer lagar e-hälsa",
    "en": "hospitals nurses' re-elected unfathomables",
}
