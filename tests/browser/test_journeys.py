"""The pages in a real browser: journeys with and without script, attacks, and everybody's use."""

from __future__ import annotations

import base64
import csv
import io
import sys

import pytest
from browser_making import every, gone, one, sent, waited

pytest.importorskip("starlette")

pytest.importorskip("uvicorn")

pytest.importorskip("selenium")

if sys.platform == "win32":
    pytest.skip("tried with Debian's Chromium", allow_module_level=True)


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no-script"])
def either(request, browser):
    """The browser with script, and without."""
    switch = "Emulation.setScriptExecutionDisabled"
    browser.execute_cdp_cmd(switch, {"value": not request.param})
    yield browser
    browser.execute_cdp_cmd(switch, {"value": False})


@pytest.fixture
def empty(server):
    server.site.basket.file.unlink(missing_ok=True)
    yield server
    server.site.basket.file.unlink(missing_ok=True)


def click(browser, what, *, leads=True):
    """Do what the keyboard does, and wait until it has led somewhere."""
    found = one(browser, what) if isinstance(what, str) else what
    url, page = browser.current_url, one(browser, "html")
    found.send_keys("\n")
    if leads:
        waited(browser, lambda: browser.current_url != url or gone(page))


def named(browser, text):
    return browser.find_element("partial link text", text)


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
