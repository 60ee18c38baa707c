"""Who is answered, and what no page of another server can do."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import urllib.request
from base64 import b64encode

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from report_making import Page
from serving import served

from progsearch.errors import ProgsearchError
from progsearch.report.markup import readable
from progsearch.serve.controls import make
from progsearch.serve.running import password_in
from progsearch.serve.running import run as serve
from progsearch.serve.security import BODY, POLICY, Rules, is_loopback


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "index"
    shutil.copytree(demo, folder)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    with served(folder) as found:
        yield found


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:8765", 200),
        ("attack.example", 421),
        ("attack.example:8765", 421),
        ("localhost.attack.example", 421),
        ("127.0.0.1.attack.example", 421),
        ("127.0.0.1@attack.example", 421),
        ("127.0.0.2", 421),
        ("2130706433", 421),
        ("0.0.0.0", 421),
        ("localhost]:1", 421),
        ("", 421),
    ],
)
def test_only_the_names_of_this_server(server, host, status):
    """A name that an attacker's DNS leads here is not answered."""
    assert server.ask("/", Host=host).status == status
    assert server.ask("/api/search?q=skola", Host=host).status == status


PATHS = (
    "/",
    "/search?q=skola",
    "/api/search?q=skola",
    "/nothing",
    "/search.csv?q=skola",
    "/compare?theme=housing",
    "/search?nonsense=1",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_its_policy_and_is_for_no_other_origin(server, path):
    answer = server.ask(path, Origin="http://attack.example")
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert "unsafe" not in POLICY


def form(server):
    page = Page(server.ask("/basket").text)
    value = next(
        one["attrs"]["value"] for one in page.all("input") if one["attrs"].get("name") == "token"
    )
    return {"token": value, "do": "coder", "coder": "A"}


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({}, {}, 303),
        ({}, {"Origin": "http://{place}"}, 303),
        ({"token": ""}, {}, 403),
        ({"token": "x"}, {}, 403),
        ({"token": "å"}, {}, 403),
        ({}, {"Origin": "http://attack.example"}, 403),
        ({}, {"Origin": "null"}, 403),
        ({}, {"Sec_Fetch_Site": "cross-site"}, 403),
        ({}, {"Sec_Fetch_Site": "same-site"}, 403),
        ({}, {"Content-Type": "text/plain"}, 415),
        ({"coder": "x" * BODY}, {}, 413),
        ({"do": "anything"}, {}, 400),
    ],
)
def test_forged_forms_change_nothing(server, change, headers, status):
    sent = {name: value.replace("{place}", server.place) for name, value in headers.items()}
    answer = server.send("/basket", form(server) | change, **sent)
    assert answer.status == status
    assert ("set-cookie" in answer.headers) == (status == 303)


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/search?q=a#hit-1", "/search?q=a#hit-1"),
        ("//attack.example/", "/basket"),
        ("https://attack.example/", "/basket"),
        ("/\\attack.example", "/basket"),
        ("javascript:alert(1)", "/basket"),
        ("/a\r\nSet-Cookie: x=1", "/basket"),
    ],
)
def test_a_form_leads_back_to_this_server(server, back, leads):
    answer = server.send("/basket", form(server) | {"back": back})
    assert answer.headers["location"] == leads


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_nothing_else_can_be_done(server, method):
    assert server.ask("/search", method, b"").status == 405
    assert server.ask("/api/search", method, b"").status == 405


def basic(password, name="x"):
    return "Basic " + b64encode(f"{name}:{password}".encode()).decode()


def test_a_password(folder):
    with served(folder, password="hemlig å") as server:
        asked = server.ask("/")
        assert asked.status == 401
        assert asked.headers["www-authenticate"].startswith("Basic ")
        assert server.ask("/", Authorization=basic("hemlig å")).status == 200
        for wrong in (basic("hemlig"), "Basic !", "Bearer x", basic(""), "Basic " + "A" * 1000):
            assert server.ask("/api/search?q=skola", Authorization=wrong).status == 401


def test_other_machines_need_a_password(folder, tmp_path):
    for more in ({"host": "0.0.0.0"}, {"host": "127.0.0.1", "names": ("example.org",)}):
        with pytest.raises(ProgsearchError, match="without a password"):
            serve(folder, port=0, ready=print, **more)
    file = tmp_path / "password"
    with pytest.raises(ProgsearchError, match="cannot be read"):
        password_in(file)
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(ProgsearchError, match="no password"):
        password_in(file)
    file.write_text("  hemlig \nmore\n", encoding="utf-8")
    assert password_in(file) == "hemlig"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("example.org", False),
    ],
)
def test_loopback(host, loopback):
    assert is_loopback(host) is loopback


def test_names_of_a_proxy():
    rules = Rules.of("127.0.0.1", ["Promises.example.org"], "x")
    assert rules.knows("promises.example.org")
    assert rules.knows("promises.example.org:443")
    assert not rules.knows("example.org")


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("script", {}),
        ("iframe", {}),
        ("a", {"href": "javascript:alert(1)"}),
        ("a", {"href": "//attack.example"}),
        ("form", {"action": "https://attack.example"}),
        ("form", {"action": "//attack.example"}),
        ("img", {"src": "https://attack.example/x"}),
        ("input", {"type": "image"}),
        ("input", {"formaction": "/"}),
        ("p", {"onclick": "x"}),
        ("p", {"style": "x"}),
    ],
)
def test_no_page_is_made_of_that(tag, attributes):
    with pytest.raises(ValueError, match=r"no |not "):
        make(tag, **attributes)


ATTACKS = (
    "<script>document.title='pwned'</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "\x1b]0;pwned\x07",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_asked_stays_text(server, attack):
    from urllib.parse import quote

    for path in (
        "/search?q=",
        "/search?theme=",
        "/compare?words=",
        "/documents?part=",
        "/search?party=",
        "/search?since=",
        "/nothing/",
        "/document/",
        "/search?ui=",
    ):
        answer = server.ask(path + quote(attack, safe=""))
        assert answer.status < 500, path
        page = Page(answer.text)
        tags = {one["tag"] for one in page.elements}
        assert not tags & {"img", "svg", "iframe"} or path.startswith("/compare")
        assert [one["attrs"].get("src", "")[:8] for one in page.all("script")] == ["/assets/"]
        assert "\x1b" not in answer.text
        assert "\u202e" not in answer.text
        if path == "/documents?part=":
            box = next(one for one in page.all("input") if one["attrs"].get("id") == "part")
            assert box["attrs"]["value"] == readable(attack)


def begun(folder, *words, **more):
    line = [sys.executable, "-m", "progsearch", "serve", "--index", str(folder), "--port", "0"]
    return subprocess.Popen(
        [*line, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", **more
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise on Windows")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_line_is_the_address_and_ctrl_c_ends_it(folder, number):
    process = begun(folder)
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert b"progsearch" in answer.read()
        process.send_signal(number)
        process.wait(20)
        assert process.stdout.read() == ""
        assert "Traceback" not in process.stderr.read()
        assert process.returncode in (0, 128 + number, -number)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--host", "0.0.0.0"], "password"),
        (["--name", "x.example"], "password"),
        (["--password-file", "nothing"], "cannot be read"),
        (["--host", "nowhere.invalid", "--password-file", __file__], "cannot be had"),
    ],
)
def test_what_cannot_be_served_is_one_line(folder, words, what):
    process = begun(folder, *words)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert what in err
    assert len(err.splitlines()) == 1


def test_no_index_is_one_line(tmp_path):
    out, err = begun(tmp_path / "none").communicate(timeout=60)
    assert out == ""
    assert "there is no index here" in err
    assert len(err.splitlines()) == 1
