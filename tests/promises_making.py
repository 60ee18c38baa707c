"""Two programmes and a report on one of them, and what commands say of them."""

from __future__ import annotations

import csv
import io
from contextlib import redirect_stderr, redirect_stdout

from progsearch.cli import app

HEAD = "---\ntitle: {title}\nparty: {party}\nlang: cs\n---\n"


OLD = """# Zdraví
- Zvýšíme platy zdravotních sester v krajských nemocnicích o 10 %.
- Chceme otevřít nové ordinace praktických lékařů v malých obcích.
- Podpoříme evitalizaci náměstí a parků ve všech městech kraje.
- Postavíme novou porodnici v okresním městě.
# Doprava
- Opravíme silnice druhé a třetí třídy, které vedou přes malé obce kraje.
- Zveřejníme všechny smlouvy kraje a jeho organizací jako otevřená data.
"""


NEW = """# Zdraví
- Zvýšíme platy zdravotních sester v krajských nemocnicích o 20 %.
- Otevřeme nové ordinace praktických lékařů v malých obcích.
- Podpoříme revitalizaci náměstí a parků ve všech městech kraje.
# Doprava
- Opravíme silnice druhé a třetí třídy, které vedou přes malé obce kraje.
- Zveřejníme všechny smlouvy kraje a jeho organizací jako otevřená data.
- Zavedeme jednotnou jízdenku na vlaky i autobusy.
"""


REPORT = """## Splněno
- Platy sester v krajských nemocnicích jsme zvýšili o 10 %.
## Silnice
- Částečně splněno: opravili jsme 40 km silnic třetí třídy přes malé obce.
- Zveřejníme všechny smlouvy kraje a jeho organizací jako otevřená data.
"""


def run(*words):
    """What a command writes to stdout, and what it says."""
    out, said = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(said):
        app(list(words), standalone_mode=False)
    return out.getvalue(), said.getvalue()


def rows(*words):
    return list(csv.DictReader(io.StringIO(run(*words, "-f", "csv")[0])))
