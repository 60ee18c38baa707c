"""Which address is answered by what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from progsearch import __version__
from progsearch.api.index import OpenIndex
from progsearch.api.promises import FollowAnswer
from progsearch.api.versions import Version, versions_of
from progsearch.errors import ProgsearchError
from progsearch.meaning.store import is_made
from progsearch.model import Document
from progsearch.report.markup import Node, el, is_served
from progsearch.search import Index
from progsearch.serve import (
    comparing,
    interface,
    judging,
    pairs,
    reading,
    searching,
    sheets,
    static,
)
from progsearch.serve.asking import problem
from progsearch.serve.basket import Basket, as_csv
from progsearch.serve.collecting import change, collected
from progsearch.serve.files import FILES, KINDS, cited
from progsearch.serve.fresh import Cache, Fresh, Recent
from progsearch.serve.language import best, page_language
from progsearch.serve.page import ASSETS, Shown, UnansweredError, asset, page
from progsearch.serve.refusing import HTML, clean, error_of_call, refusal
from progsearch.serve.searching import Parts
from progsearch.serve.security import BODY, App, Guard, Rules
from progsearch.serve.state import State, choice, read_state

__all__ = ["Site", "application"]

CODER = "coder"
"""Name of the cookie that says who codes."""

FOREVER = "public, max-age=31536000, immutable"

View = Callable[[Shown, OpenIndex], Parts]


@dataclass
class Site:
    """What the pages of one server have in common."""

    fresh: Fresh
    basket: Basket
    rules: Rules
    cache: Cache = field(default_factory=Cache)
    recent: Recent[FollowAnswer] = field(default_factory=Recent)
    versions: Recent[Sequence[Version]] = field(default_factory=lambda: Recent(200))

    def shown(self, request: Request, also: Sequence[str] = ()) -> Shown:
        """What a page is made for. Raises ProgsearchError for an address that asks nonsense."""
        state = read_state(request.url.query, also)
        if state.is_search and not request.url.path.startswith("/search"):
            raise ProgsearchError(
                "only passages can be found by their meaning",
                where="meaning" if state.meaning else "like",
                remedy="leave it out here",
            )
        tag = best(state.ui, request.headers.get("accept-language", ""))
        coder = unquote(request.cookies.get(CODER, ""))[:60]
        vectors = is_made(self.fresh.folder)
        token = self.rules.token
        return Shown(page_language(tag), state, request.url.path, token, coder, vectors)

    def page(self, request: Request, view: View, also: Sequence[str] = ()) -> Response:
        """A page, or one that says why there is none."""
        if "=&" in f"{request.url.query}&":
            return clean(request)
        try:
            shown = self.shown(request, also)
        except ProgsearchError as error:
            return self.refused(request, error)
        told = (self.fresh.stamp, self.basket.stamp, shown.vectors)
        key = (*told, shown.lang.tag, shown.coder, str(request.url))
        try:
            body = self.cache.get(key, lambda: self._made(shown, view))
        except UnansweredError as told_there:
            return refusal(shown, told_there.title, told_there.content, 400)
        except ProgsearchError as error:
            return self.refused(request, error, shown)
        return Response(body, media_type=HTML, headers={"cache-control": "no-cache"})

    def _made(self, shown: Shown, view: View) -> bytes:
        with self.fresh.index() as opened:
            title, content = view(shown, opened)
            with opened.asking() as index:
                size = index.summary
        line = shown.text(
            "corpus_line",
            passages=shown.lang.counted("passages", size.passages),
            documents=shown.lang.counted("documents", size.documents),
            hash=size.corpus_hash,
        )
        return "".join(page(shown, title, content, [line])).encode("utf-8", "replace")

    def refused(
        self,
        request: Request,
        error: ProgsearchError,
        shown: Shown | None = None,
        status: int = 400,
    ) -> Response:
        """A page that says what cannot be answered, and what to do about it."""
        if shown is None:
            tag = best("", request.headers.get("accept-language", ""))
            shown = Shown(page_language(tag), State(), "/")
        key = "error_lost" if status == 404 else "error_title"
        content: list[Node | None] = [el("h1", shown.text(key)), problem(shown, error)]
        return refusal(shown, shown.text(key), content, status)

    # Pages

    def home(self, request: Request) -> Response:
        """The first page."""
        return self.page(request, searching.home)

    def search(self, request: Request) -> Response:
        """What is found."""
        there = self.basket.read().passages
        return self.page(request, lambda shown, opened: searching.search(shown, opened, there))

    def compare(self, request: Request) -> Response:
        """A comparison."""
        return self.page(request, comparing.compare)

    def themes(self, request: Request) -> Response:
        """All themes."""
        return self.page(request, static.themes)

    def help(self, request: Request) -> Response:
        """How it works."""
        return self.page(request, static.help_page)

    def documents(self, request: Request) -> Response:
        """The list of documents."""
        part = request.query_params.get("part", "")[:200]
        return self.page(
            request, lambda shown, opened: reading.documents(shown, opened, part), ("part",)
        )

    def document(self, request: Request) -> Response:
        """A document with what stands around a passage."""
        at = request.query_params.get("at", "1")
        number = int(at) if at.isascii() and at.isdecimal() and len(at) < 8 else 1
        id_, there = request.path_params["id"], self.basket.read().passages
        with self.fresh.index() as opened, opened.asking() as index:
            if index.engine.document(id_) is None:
                raise HTTPException(404)
        return self.page(
            request,
            lambda shown, opened: reading.document(
                shown, opened, id_, number, there, self._versions
            ),
            ("at",),
        )

    def _versions(self, index: Index, document: Document) -> Sequence[Version]:
        key = (self.fresh.stamp, document.id)
        return self.versions.get(key, lambda: versions_of(index, document))

    def pairs(self, request: Request) -> Response:
        """Versions, reports and pairs."""
        pair = _pair(request)
        also = ("of", "with", "by", *["meaning"] * (pair.kind == "follow"))
        return self.page(request, lambda shown, opened: pairs.pairs(shown, opened, pair), also)

    def pairs_file(self, request: Request) -> Response:
        """The same as CSV."""
        pair = _pair(request)
        with self.fresh.index() as opened:
            body = pairs.pairs_file(opened, pair)
        told = {"content-disposition": f'attachment; filename="{pair.kind}.csv"'}
        return Response(body, media_type=KINDS["csv"], headers=told)

    def _following(self, opened: OpenIndex) -> sheets.Following:
        return sheets.following(self.recent, self.fresh.stamp, opened)

    def sheet(self, request: Request) -> Response:
        """What became of promises, to be coded."""
        contents = self.basket.read()
        asked = sheets.Sheet(_pair(request), _only(request))
        return self.page(
            request,
            lambda shown, opened: judging.sheet(
                shown, opened, contents, asked, self._following(opened)
            ),
            ("of", "with", "only"),
        )

    def sheet_file(self, request: Request) -> Response:
        """The same as the CSV that ``follow --sheet`` reads back."""
        first, second = (request.query_params.get(name, "")[:60] for name in ("first", "second"))
        with self.fresh.index() as opened:
            following = self._following(opened)
            contents = self.basket.read()
            body = sheets.sheet_file(
                contents,
                _pair(request),
                first,
                second,
                following,
            )
        told = {"content-disposition": 'attachment; filename="sheet.csv"'}
        return Response(body, media_type=KINDS["csv"], headers=told)

    def collected(self, request: Request) -> Response:
        """The basket."""
        contents = self.basket.read()
        theme = request.query_params.get("theme", "")
        only = _only(request)
        return self.page(
            request,
            lambda shown, opened: collected(
                shown, opened, contents, self.basket.file.name, theme, only
            ),
            ("only",),
        )

    async def collect(self, request: Request) -> Response:
        """A change of the basket, and back to where it was asked for."""
        if request.headers.get("content-type", "").partition(";")[0] != (
            "application/x-www-form-urlencoded"
        ):
            raise HTTPException(415)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > BODY:
                raise HTTPException(413)
        return await run_in_threadpool(self._collect, request, body)

    def _collect(self, request: Request, body: bytes) -> Response:
        told = parse_qs(body.decode("utf-8", "replace"), max_num_fields=200, errors="replace")
        shown = self.shown(request)
        if not self.rules.is_token(told.get("token", [""])[-1]):
            error = ProgsearchError(shown.text("forged"))
            return self.refused(request, error, shown, 403)
        with self.fresh.index() as opened:
            change(self.basket, opened, told, shown.coder)
        back = told.get("back", ["/basket"])[-1]
        answer = RedirectResponse(back if is_served(back) else "/basket", 303)
        if told.get("do") == ["coder"]:
            name = " ".join(told.get("coder", [""])[-1].split())[:60]
            answer.set_cookie(
                CODER, quote(name), max_age=31_536_000, httponly=True, samesite="strict"
            )
        return answer

    # Files

    def file(self, request: Request) -> Response:
        """A file to be taken away."""
        name, kind = request.path_params["name"], request.path_params["kind"]
        made = FILES.get((name, kind))
        if made is None:
            raise HTTPException(404)
        shown = self.shown(request)
        key = (self.fresh.stamp, shown.lang.tag, str(request.url))

        def make() -> bytes:
            with self.fresh.index() as opened:
                return made(shown, opened)

        inline = kind == "svg"
        disposition = "inline" if inline else "attachment"
        return Response(
            self.cache.get(key, make),
            media_type=KINDS[kind],
            headers={
                "content-disposition": f'{disposition}; filename="{name}.{kind}"',
                "cache-control": "no-cache",
            },
        )

    def reference(self, request: Request) -> Response:
        """A reference to a passage."""
        kind = request.path_params["kind"]
        if kind not in ("bib", "json"):
            raise HTTPException(404)
        with self.fresh.index() as opened:
            body = cited(opened, request.path_params["id"], kind)
        return Response(body, media_type=KINDS[kind])

    def codes(self, request: Request) -> Response:
        """What is collected, as CSV."""
        first, second = (request.query_params.get(name, "")[:60] for name in ("first", "second"))
        text = as_csv(self.basket.read(), first, second)
        return Response(
            text.encode("utf-8", "replace"),
            media_type=KINDS["csv"],
            headers={"content-disposition": 'attachment; filename="codes.csv"'},
        )

    def asset(self, request: Request) -> Response:
        """A style sheet or a script of the pages."""
        name = request.path_params["name"]
        if name not in ASSETS:
            raise HTTPException(404)
        return Response(asset(name), media_type=ASSETS[name], headers={"cache-control": FOREVER})

    # The API

    def call(self, request: Request) -> Response:
        """A call of the API."""
        name = request.path_params["name"]
        if name not in interface.CALLS:
            raise HTTPException(404)
        try:
            with self.fresh.index() as opened:
                return JSONResponse(interface.call(name, opened, request.url.query))
        except LookupError:
            return error_of_call(ProgsearchError("there is no such document", where="id"), 404)
        except ValueError:
            return error_of_call(
                ProgsearchError("the address asks too much", remedy="ask less"), 400
            )
        except ProgsearchError as error:
            return error_of_call(error, 400)

    def described(self, request: Request) -> Response:  # noqa: ARG002
        """The description of the API."""
        with self.fresh.index() as opened:
            return JSONResponse(interface.description(__version__, opened))

    # Errors

    def wrong(self, request: Request, error: Exception) -> Response:
        """The answer to what a user, a file or an address can cause."""
        if isinstance(error, ProgsearchError):
            return self.refused(request, error)
        status = error.status_code if isinstance(error, HTTPException) else 500
        if request.url.path.startswith("/api/"):
            what = "there is no such call" if status == 404 else "that cannot be answered"
            headers = dict(getattr(error, "headers", None) or {})
            return error_of_call(ProgsearchError(what, where=request.url.path), status, headers)
        told = ProgsearchError("there is nothing here" if status == 404 else "that failed")
        answer = self.refused(request, told, status=status)
        for name, value in (getattr(error, "headers", None) or {}).items():
            answer.headers[name] = value
        return answer


def _pair(request: Request) -> pairs.Pair:
    return pairs.pair_of(request.url.path, request.query_params)


def _only(request: Request) -> str:
    return choice(request.query_params.get("only", ""), "only", ("", "open"))


def application(site: Site) -> App:
    """The application of a site, with its guard before it."""
    routes = [
        Route("/", site.home),
        Route("/search", site.search),
        Route("/compare", site.compare),
        Route("/documents", site.documents),
        Route("/document/{id:str}", site.document),
        Route("/themes", site.themes),
        Route("/help", site.help),
        *(Route(f"/{kind}", site.pairs) for kind in pairs.KINDS),
        *(Route(f"/{kind}.csv", site.pairs_file) for kind in pairs.KINDS),
        Route("/sheet", site.sheet),
        Route("/sheet.csv", site.sheet_file),
        Route("/basket", site.collected, methods=["GET"]),
        Route("/basket", site.collect, methods=["POST"]),
        Route("/basket.csv", site.codes),
        Route("/cite/{id:str}.{kind:str}", site.reference),
        Route("/assets/{version:str}/{name:str}", site.asset),
        Route("/api/openapi.json", site.described),
        Route("/api/{name:str}", site.call),
        Route("/{name:str}.{kind:str}", site.file),
    ]
    handlers = {ProgsearchError: site.wrong, HTTPException: site.wrong, 500: site.wrong}
    app = Starlette(routes=routes, exception_handlers=handlers)
    return Guard(app, site.rules)
