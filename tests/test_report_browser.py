"""Reports in a real browser: nothing runs or is fetched, and everybody can use them."""

from __future__ import annotations

import base64
import io
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
from report_making import ATTACKS, Page, report

from progsearch.cli import app
from progsearch.report import html

if sys.platform == "win32":
    pytest.skip("the browser is driven over a pipe of POSIX", allow_module_level=True)

from browsing import Browser, Server, chromium

PWNED = "pwned"

RUNNING = (
    "<script>document.title='pwned'</script>",
    "<img src=x onerror=\"document.title='pwned'\">",
    "<svg onload=\"document.title='pwned'\"></svg>",
    "<img src='http://attack.example/img'>",
    "<link rel=stylesheet href='http://attack.example/css'>",
    "<style>body{background:url(http://attack.example/background)}</style>",
    "<iframe src='http://attack.example/frame'></iframe>",
    "<script src='http://attack.example/script'></script>",
    "<video src='http://attack.example/video' autoplay></video>",
    "<object data='http://attack.example/object'></object>",
    "<p style='background:url(http://attack.example/inline)'>x</p>",
)
"""What does something as soon as it is markup, with nobody clicking."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = chromium()
    if program is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    started = Browser(program, tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture
def server():
    started = Server()
    yield started
    started.close()


def run(*words):
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        app(list(words), standalone_mode=False)


@pytest.fixture(scope="module")
def shown(project, tmp_path_factory):
    """The report of the demonstration corpus, as a file."""
    folder = tmp_path_factory.mktemp("shown")
    run("ingest", str(project / "corpus"), "--index", str(folder / "index"), "-q")
    themes = [f"--theme={name}" for name in ("healthcare-staffing", "housing", "public-transport")]
    file = folder / "report.html"
    run("report", *themes, "--ui-lang", "sv", "-o", str(file), "--index", str(folder / "index"))
    return file


def put(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8", errors="replace")
    return file


def outline(text):
    return [(one["tag"], sorted(one["attrs"].items())) for one in Page(text).elements]


# Attacks


def test_the_harness_sees_what_runs(browser, server, tmp_path):
    """Without escaping and policy, the same attacks are seen to run: the tests below can fail."""
    bare = "".join(RUNNING).replace("attack.example", server.place)
    browser.open(put(tmp_path, "bare.html", f"<!DOCTYPE html><title>x</title>{bare}").as_uri())
    assert browser.ask("document.title") == PWNED
    asked = {"/img", "/css", "/background", "/frame", "/script", "/video", "/object", "/inline"}
    assert asked <= set(server.asked)
    assert any(server.place in url for url in browser.requests())


@pytest.mark.parametrize("what", RUNNING)
def test_the_policy_holds_even_if_markup_got_through(browser, server, tmp_path, what):
    attack = what.replace("attack.example", server.place)
    text = "".join(html(report("x"))).replace("</main>", f"{attack}</main>")
    file = put(tmp_path, "through.html", text)
    browser.open(file.as_uri())
    assert browser.ask("document.title") == "x"
    assert browser.ask("document.querySelectorAll('main').length") == 1
    assert server.asked == []


def checked(browser, server, file, title):
    """Nothing runs, nothing is asked for, and the browser reads what we have written."""
    browser.open(file.as_uri())
    assert browser.ask("document.title").split() == title.split()
    assert server.asked == []
    assert set(browser.requests()) <= {file.as_uri(), "data:,"}
    assert not browser.told("Runtime.exceptionThrown")
    assert not browser.told("Runtime.consoleAPICalled")
    assert not browser.told("Page.javascriptDialogOpening")
    assert not browser.told("Log.entryAdded"), "the policy had something to refuse"
    written = file.read_text(encoding="utf-8")
    assert outline(
        "<!DOCTYPE html>" + browser.ask("document.documentElement.outerHTML")
    ) == outline(written)


@pytest.mark.parametrize("attack", [*ATTACKS, *RUNNING])
def test_attacks_do_nothing(browser, server, tmp_path, attack):
    text = attack.replace("attack.example", server.place)
    made = report(text)
    file = put(tmp_path, "attack.html", "".join(html(made)))
    title = Page("".join(html(made))).all("title")[0]["text"]
    checked(browser, server, file, title)


HOSTILE = """---
title: '{attack}'
party: 'Partiet {attack}'
kind: programme
lang: cs
region: CZ-51
date: 2024-01-01
perex: '{attack} lékař'
---

# {attack}

Zajistíme lékaře. {attack}

## Lékař {attack}

- {attack} lékařů je málo. {attack}

> „{attack} sestra,“ řekl {attack}.
"""


def test_a_corpus_full_of_attacks(browser, server, tmp_path):
    """From files with hostile names and texts, through the commands, into the browser."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    attacks = [attack.replace("attack.example", server.place) for attack in (*ATTACKS, *RUNNING)]
    for number, attack in enumerate(attacks):
        quoted = attack.replace("'", "''")
        for strange in ("\x00", "\x1b", "\x07", "\x9b", "\ufffe"):
            quoted = quoted.replace(strange, "")
        text = HOSTILE.replace("{attack}", quoted)
        put(corpus, f"{number} <img src=x onerror=alert(1)> &lt;b&gt; '\" x.md", text)
    themes = tmp_path / "themes"
    themes.mkdir()
    label = "<script>document.title=1</script>"
    put(
        themes,
        "hostile.yaml",
        f'id: hostile\nprefLabel: {{en: "{label}"}}\nbroader: health\n'
        f'definition: {{en: "{label}"}}\nsource: "{label}"\n'
        "terms:\n  cs: [lékař, sestra]\n",
    )
    index, file = str(tmp_path / "index"), tmp_path / "report.html"
    run("ingest", str(corpus), "--index", index, "-q")
    asked = ("--theme", "hostile", "--themes", str(themes), "--by", "party", "--evidence", "50")
    run("report", *asked, "--title", RUNNING[0], "-o", str(file), "--index", index)
    read = Page(file.read_text(encoding="utf-8"))
    assert len(read.all("article")) > 10
    assert "<img src=x onerror=alert(1)>" in "".join(one["text"] for one in read.all("code"))
    checked(browser, server, file, RUNNING[0])


# Everybody


@pytest.fixture
def page(browser, shown):
    browser.open(shown.as_uri(), still=0)
    yield browser
    browser.call("Emulation.setEmulatedMedia", media="", features=[])
    browser.call("Emulation.clearDeviceMetricsOverride")


def test_the_report_is_whole_and_quiet(browser, shown, server):
    checked(browser, server, shown, Page(shown.read_text(encoding="utf-8")).all("h1")[0]["text"])
    assert (
        browser.ask("getComputedStyle(document.querySelector('article')).borderTopStyle") == "solid"
    )


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(page, width):
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    page.call("Emulation.setDeviceMetricsOverride", **size)
    # the words beside a mark are only heard, and far right in a wide table
    page.ask(
        "(() => { const words = document.createElement('span'); words.className = 'unseen';"
        "document.querySelector('.map td:last-child').append(words);"
        "words.style.left = '2000px'; })()"
    )
    assert page.ask("document.documentElement.scrollWidth") <= width
    assert page.ask("document.querySelector('.map').parentElement.clientWidth") <= width


CONTRASTS = """
(() => {
  const parsed = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const colour = parsed(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || node.closest('.unseen, .skip, title, desc')) continue;
    const style = getComputedStyle(node);
    const ink = parsed(node.closest('svg') ? style.fill : style.color);
    const pair = [light(ink), light(ground(node))].sort((a, b) => b - a);
    found.push([(pair[0] + 0.05) / (pair[1] + 0.05), node.className.baseVal ?? node.className,
                walk.currentNode.data.slice(0, 40)]);
  }
  return found;
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast(page, scheme):
    feature = {"name": "prefers-color-scheme", "value": scheme}
    page.call("Emulation.setEmulatedMedia", features=[feature])
    found = page.ask(CONTRASTS)
    ground = page.ask("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    assert len(found) > 500
    assert not [one for one in found if one[0] < 4.5]


def test_the_keyboard_leads_everywhere(page):
    page.press("Tab", 9)
    assert page.ask("document.activeElement.className") == "skip"
    assert page.ask("document.activeElement.getBoundingClientRect().left") >= 0
    page.press("Enter", 13)
    assert page.ask("document.activeElement.id") == "main"
    reached = set()
    for _ in range(60):
        page.press("Tab", 9)
        reached.add(page.ask("document.activeElement.closest('section, nav, header')?.id"))
        outline = page.ask("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        if "charts" in reached:
            break
    assert {"map", "charts"} <= reached


def test_a_cell_opens_its_passages(page):
    page.ask("document.querySelector('.map td a').focus()")
    page.press("Enter", 13)
    page.ask("document.documentElement.style.scrollBehavior = 'auto'")
    place = page.ask("document.querySelector('.map td a').hash")
    assert page.ask("location.hash") == place
    assert page.ask("document.querySelector(':target').localName") == "article"
    assert page.ask("document.querySelectorAll(':target mark').length") > 0
    page.ask("document.querySelector(':target .back a').click()")
    assert page.ask("document.querySelector(':target').closest('table').className") == "map stacked"


def test_everything_has_a_name(page):
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]

    def value(node, key):
        return str(node.get(key, {}).get("value", ""))

    seen = {}
    for node in nodes:
        if not node.get("ignored"):
            seen.setdefault(value(node, "role"), []).append(value(node, "name"))
    for role in ("link", "heading", "table", "image", "navigation", "region", "article"):
        names = seen.get(role, [])
        assert names, role
        assert all(name.strip() for name in names), role
    assert len(seen["main"]) == 1
    assert {"columnheader", "rowheader"} <= seen.keys()


def test_paper_shows_what_is_open_and_says_what_is_left(page):
    folded = "[...document.querySelectorAll('details:not([open])')]"
    seen = "one.checkVisibility({contentVisibilityAuto: true})"
    told = f"[...document.querySelectorAll('.paper')].filter(one => {seen}).length"
    assert page.ask(told) == 0
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.ask(f"{folded}.length") > 10
    assert page.ask(f"{folded}.filter(one => {seen}).length") == 0
    assert page.ask(told) > 10
    assert page.ask("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.ask("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def printed(page):
    """The texts of the pages of paper."""
    pdfium = pytest.importorskip("pypdfium2", reason="pip install progsearch[pdf]")
    made = base64.b64decode(page.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    document = pdfium.PdfDocument(made)
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]


def test_the_first_page_is_one_page_and_the_rest_has_a_bound(page):
    pages = printed(page)
    assert "Värmekarta" in pages[0]
    assert "Med deras ord" in pages[0]
    assert "Gjord den" in pages[0]
    assert len(pages) <= 10
    assert sum(one.count("fast löfte") for one in pages) < 30
    page.ask("location.hash = 'everything'")
    everything = printed(page)
    assert len(everything) > len(pages)
    left = "passager till finns på skärmen"
    assert left in " ".join(pages)
    assert left not in " ".join(everything)


@pytest.mark.parametrize("width", [320, 390])
def test_no_column_is_cut_on_a_telephone(page, width):
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.call("Emulation.setDeviceMetricsOverride", **size)
    page.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
    beyond = page.ask(
        "[...document.querySelectorAll('td, tbody th')].filter(one => "
        f"one.getBoundingClientRect().right > {width}).length"
    )
    assert beyond == 0
    assert page.ask("getComputedStyle(document.querySelector('td .column')).display") != "none"


def test_the_navigation_stays_in_sight_and_covers_no_title(page):
    page.ask("document.documentElement.style.scrollBehavior = 'auto'")
    page.ask("document.querySelector('nav li:nth-child(4) a').click()")
    assert page.ask("scrollY") > 1000
    bar = page.ask("document.querySelector('nav').getBoundingClientRect().bottom")
    assert 0 < bar < 100
    assert page.ask("document.querySelector('#promises-title').getBoundingClientRect().top") >= bar


def test_the_column_of_names_is_as_wide_as_its_names(page):
    names = page.ask(
        "Math.max(...[...document.querySelectorAll('.map .called-so, .map tbody .counts')]"
        ".filter(one => one.closest('th')).map(one => one.getBoundingClientRect().width))"
    )
    column = page.ask("document.querySelector('.map tbody .called-so').parentElement.offsetWidth")
    assert names < column < names + 40
