"""Pages in a browser: attacks, what others may read, and that everybody can use them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from browser_making import every, one, sent
from browsing import Server
from serving import run, served
from test_report_browser import HOSTILE, PWNED, RUNNING

pytest.importorskip("starlette")

pytest.importorskip("uvicorn")

pytest.importorskip("selenium")

if sys.platform == "win32":
    pytest.skip("tried with Debian's Chromium", allow_module_level=True)


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
        browser.get_log("browser")  # what other tests have left there
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


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen(page, server, path):
    for width in (320, 390, 768, 1280):
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        if width == 320:  # a page that is loaded on a telephone grows with the screen
            page.get(server.base + path)
        assert page.execute_script("return innerWidth") == width
        assert page.execute_script("return document.documentElement.scrollWidth") <= width, width


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
