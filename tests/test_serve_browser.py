"""The pages in a real browser: journeys with and without script, attacks, and everybody's use."""

from __future__ import annotations

import base64
import csv
import io
import shutil
import sys
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("selenium")

from browsing import Server, chromium
from serving import run, served
from test_report_browser import HOSTILE, PWNED, RUNNING

if sys.platform == "win32":
    pytest.skip("tried with Debian's Chromium", allow_module_level=True)

NO_SCRIPT = {"profile.managed_default_content_settings.javascript": 2}


def begun(folder, *, script=True):
    from selenium.webdriver import Chrome
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    program, driver = chromium(), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no Chromium (Debian: apt-get install chromium chromium-driver)")
    options = Options()
    options.binary_location = program
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1280,1000",
        "--disable-dev-shm-usage",
        f"--user-data-dir={folder}",
    ):
        options.add_argument(switch)
    if not script:
        options.add_experimental_option("prefs", NO_SCRIPT)
    return Chrome(options=options, service=Service(driver))


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no-script"])
def either(request, tmp_path_factory):
    """A browser with script, and one without."""
    found = begun(tmp_path_factory.mktemp("profile"), script=request.param)
    yield found
    found.quit()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    found = begun(tmp_path_factory.mktemp("profile"))
    yield found
    found.quit()


@pytest.fixture(scope="module")
def server(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown") / "index"
    shutil.copytree(demo, folder)
    with served(folder) as found:
        yield found


@pytest.fixture
def empty(server):
    server.site.basket.file.unlink(missing_ok=True)
    yield server
    server.site.basket.file.unlink(missing_ok=True)


def one(browser, what):
    return browser.find_element("css selector", what)


def every(browser, what):
    return browser.find_elements("css selector", what)


def click(browser, what, *, leads=True):
    """Do what the keyboard does, and wait until it has led somewhere."""
    found = one(browser, what) if isinstance(what, str) else what
    url, page = browser.current_url, one(browser, "html")
    found.send_keys("\n")
    if leads:
        waited(browser, lambda: browser.current_url != url or gone(page))


def sent(browser, box, text):
    """Type into a box, Enter at the end, and wait for the answer."""
    page = one(browser, "html")
    box.send_keys(f"{text}\n")
    waited(browser, lambda: gone(page))


def waited(browser, until):
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser, 60, 0.05).until(lambda _: until())


def gone(element):
    from selenium.common.exceptions import WebDriverException

    try:
        element.is_enabled()
    except WebDriverException:
        return True
    return False


def named(browser, text):
    return browser.find_element("partial link text", text)


# Journeys


def test_the_script_is_off_where_it_should_be(either, server, request):
    either.get(server.base)
    scripted = "scripted" in (one(either, "html").get_attribute("class") or "")
    assert scripted == ("no-script" not in request.node.name)


def test_a_journalist_goes_from_an_empty_box_to_a_printed_comparison(either, server):
    """Five clicks: a theme, compare, a number, its passage, the file."""
    either.get(server.base)
    click(either, named(either, "Housing"))
    assert "Housing" in one(either, "h1").text
    assert every(either, "article mark")
    click(either, named(either, "Compare"))
    assert one(either, "table.map").is_displayed()
    comparison = either.current_url
    click(either, one(either, ".map td a"))
    assert "#cell-" in either.current_url
    card = one(either, "article:target")
    assert card.find_elements("css selector", "mark")
    click(either, card.find_element("css selector", ".place a"))
    assert one(either, ".row.here").is_displayed()
    either.back()
    either.back()
    assert either.current_url == comparison
    file = named(either, "CSV").get_attribute("href")
    rows = list(csv.DictReader(io.StringIO(server.ask(file.removeprefix(server.base)).text)))
    assert {"theme", "party", "rate_per_1000", "low", "high"} <= set(rows[0])
    report = named(either, "Printable report").get_attribute("href")
    assert server.ask(report.removeprefix(server.base)).text.startswith("<!DOCTYPE html>")
    printed = either.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    assert base64.b64decode(printed).startswith(b"%PDF")


def test_a_question_is_narrowed_and_widened_again(either, server):
    either.get(f"{server.base}/search")
    sent(either, one(either, "#q"), "skola")
    assert "q=skola" in either.current_url
    found = one(either, ".count").text
    if not one(either, ".facets").is_displayed():
        click(either, ".side summary", leads=False)
    box = one(either, ".facets input[name=kind]")
    box.send_keys(" ")
    click(either, ".facets > button")
    assert "kind=" in either.current_url
    assert one(either, ".count").text != found
    click(either, ".chips a")
    assert one(either, ".count").text == found
    either.back()
    assert "kind=" in either.current_url
    one(either, "#q").clear()
    sent(either, one(either, "#q"), "(skola")
    assert one(either, "[role=alert] pre").text.rstrip().endswith("^")


def test_a_coder_collects_and_codes(either, empty):
    either.get(f"{empty.base}/search?theme=housing")
    click(either, ".collect button")
    assert "#hit-" in either.current_url
    click(either, "p.collect a")
    one(either, "#coder").clear()
    sent(either, one(either, "#coder"), "Anna")
    assert one(either, "#coder").get_attribute("value") == "Anna"
    one(either, ".coding input[value='2']").send_keys(" ")
    one(either, ".coding input[name=note]").send_keys("klart löfte")
    click(either, ".coding button[name=save]")
    (item,) = empty.site.basket.read().items
    assert (item.theme, item.codes["Anna"].code) == ("housing", 2)
    assert item.codes["Anna"].note == "klart löfte"
    click(either, ".coding button[name=remove]")
    assert empty.site.basket.read().items == ()


SIDES = "of=party%3DL%C3%A4nsunionen&with=party%3DOmsorgsdemokraterna"


def test_a_coder_judges_promises_by_their_reports(either, empty):
    """From the reports near a programme to the sheet that the command reads back."""
    either.get(f"{empty.base}/follow?{SIDES}")
    click(either, named(either, "Code what became"))
    one(either, "#coder").clear()
    sent(either, one(either, "#coder"), "Anna")
    assert not every(either, ".coding input[value=kept]:checked")
    one(either, ".coding input[value=kept]").send_keys(" ")
    every(either, ".coding input[name=report]")[0].send_keys(" ")
    page = one(either, "html")
    one(either, ".coding button").send_keys("\n")
    waited(either, lambda: gone(page))
    assert "#promise-" in either.current_url
    assert one(either, ".coding input[value=kept]").is_selected()
    (promise,) = empty.site.basket.read().promises
    assert promise.verdicts["Anna"].status == "kept"
    assert promise.verdicts["Anna"].report
    click(either, named(either, "Not judged yet"))
    assert "1 judged by Anna" in one(either, ".count").text
    assert not every(either, ".coding input[value=kept]:checked")
    one(either, "#coder").clear()
    sent(either, one(either, "#coder"), "Bo")
    click(either, named(either, "All promises"))
    assert "Anna" not in one(either, "ol.hits").text  # Bo codes blind


def test_a_word_in_context_leads_to_its_document(either, server):
    either.get(f"{server.base}/search?q=skola")
    click(either, named(either, "Keyword in context"))
    click(either, named(either, "word to the right"))
    assert "sort=right" in either.current_url
    click(either, one(either, ".kwic td a"))
    assert one(either, ".row.here mark").is_displayed()


# Attacks


def test_a_corpus_full_of_attacks(browser, tmp_path):
    """Hostile names and texts, through ingest and every page, into the browser."""
    corpus, themes, asked = tmp_path / "corpus", tmp_path / "themes", Server()
    corpus.mkdir()
    themes.mkdir()
    try:
        for number, attack in enumerate(RUNNING):
            text = attack.replace("attack.example", asked.place).replace("'", "''")
            name = f"{number} <img src=x onerror=alert(1)> '\" x.md"
            (corpus / name).write_text(HOSTILE.replace("{attack}", text), encoding="utf-8")
        label = "<script>document.title='pwned'</script>"
        (themes / "hostile.yaml").write_text(
            f'id: hostile\nprefLabel: {{en: "{label}"}}\ndefinition: {{en: "{label}"}}\n'
            "terms:\n  cs: [lékař, sestra]\n",
            encoding="utf-8",
        )
        index = tmp_path / "index"
        run("ingest", corpus, "--index", index, "-q")
        with served(index, themes=[themes]) as server:
            document = server.ask("/search?q=l%C3%A9ka%C5%99").text
            way = document.partition('href="/document/')[2].partition('"')[0].replace("&amp;", "&")
            paths = [
                "/",
                "/search?q=l%C3%A9ka%C5%99",
                "/search?theme=hostile&view=kwic",
                "/compare?theme=hostile&by=party",
                "/documents",
                "/themes",
                "/basket",
                f"/document/{way}",
                "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
                "/report.html?theme=hostile&by=party",
            ]
            for path in paths:
                browser.get(server.base + path)
                assert PWNED not in browser.title.split(), path
                assert asked.asked == [], path
                loaded = browser.execute_script(
                    "return performance.getEntriesByType('resource').map(one => one.name)"
                )
                assert all(url.startswith(server.base) for url in loaded), path
                assert not every(browser, "body img:not(.picture), iframe, object, video"), path
                refused = [
                    line
                    for line in browser.get_log("browser")
                    if "Content Security Policy" in line["message"]
                ]
                assert not refused, path
    finally:
        asked.close()


def test_the_policy_refuses_what_is_not_ours(browser, server):
    """The test above can fail: markup that got through would still not run."""
    browser.get(server.base)
    browser.execute_script(
        "const one = document.createElement('script'); one.textContent = 'document.title=1';"
        "document.body.append(one);"
    )
    assert browser.title == "progsearch"


def test_another_page_cannot_read_or_send(browser, server):
    """From another origin: no answer can be read, and no form changes anything."""
    browser.get("data:text/html,<title>attack</title>")
    told = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "fetch(arguments[0]).then(() => done('read'), () => done('refused'))",
        f"{server.base}/api/search?q=skola",
    )
    assert told == "refused"
    browser.execute_script(
        "const form = document.createElement('form'); form.method = 'post';"
        "form.action = arguments[0]; document.body.append(form); form.submit();",
        f"{server.base}/basket",
    )
    assert "may not send" in browser.page_source or browser.title == "attack"
    assert not server.site.basket.file.exists()


# Everybody

PAGES = (
    "/",
    "/search?q=v%C3%A5rd",
    "/search?q=v%C3%A5rd&view=kwic&sort=left",
    "/search?q=(",
    "/compare",
    "/compare?theme=housing&theme=public-transport",
    "/compare?theme=housing&by=year",
    "/documents",
    "/themes",
    "/basket",
    "/help",
    "/diff?of=party%3DL%C3%A4nsunionen&with=party%3DOmsorgsdemokraterna",
    "/sheet?of=party%3DL%C3%A4nsunionen&with=party%3DOmsorgsdemokraterna",
    "/nothing",
)


@pytest.fixture
def page(browser):
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(("number", "path"), list(enumerate(PAGES)))
def test_axe_finds_no_violation(page, server, number, path):
    axe = pytest.importorskip("axe_core_python")
    if path.startswith("/sheet"):  # with the boxes that a coder has
        page.get(server.base + path)
        sent(page, one(page, "#coder"), "Anna")
    ui = ("sv", "cs")[number % 2]
    page.get(f"{server.base}{path}{'&' if '?' in path else '?'}ui={ui}")
    for summary in every(page, "main details:not([open]) > summary")[:12]:
        summary.send_keys("\n")
    page.execute_script(Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    # Colours are all that another scheme changes.
    for scheme, rules, least in (("light", "{}", 10), ("dark", "{runOnly: ['color-contrast']}", 1)):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        found = page.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            f"axe.run({rules}).then(told => done([told.passes.length, told.violations]))"
        )
        assert found[0] >= least
        assert [(one["id"], one["nodes"][0]["html"]) for one in found[1]] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(page, server, width):
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for path in PAGES:
        page.get(server.base + path)
        assert page.execute_script("return document.documentElement.scrollWidth") <= width, path


def test_the_keyboard_is_enough(page, server):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    page.get(f"{server.base}/search?q=skola")
    ActionChains(page).send_keys(Keys.TAB).perform()
    assert page.switch_to.active_element.get_attribute("class") == "skip"
    ActionChains(page).send_keys(Keys.ENTER).perform()
    assert page.switch_to.active_element.get_attribute("id") == "main"
    ActionChains(page).send_keys("/").perform()
    assert page.switch_to.active_element.get_attribute("id") == "q"
    seen = set()
    for _ in range(60):
        ActionChains(page).send_keys(Keys.TAB).perform()
        active = page.switch_to.active_element
        seen.add(active.tag_name)
        assert page.execute_script(
            "return getComputedStyle(arguments[0]).outlineStyle", active
        ) != ("none")
    assert {"input", "button", "a", "summary"} <= seen


def test_paper_has_the_passages_and_no_buttons(page, server):
    page.get(f"{server.base}/search?q=skola")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert every(page, "article blockquote")[0].is_displayed()
    for what in (".top", ".ask", ".take", ".collect", ".side"):
        assert not one(page, what).is_displayed(), what
