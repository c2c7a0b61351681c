"""What a reader says on a page to changes of the record, each with a way back where there is one."""

from __future__ import annotations

import hmac
import re
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, get_args
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from onrecord.ask.shelf import open_reading
from onrecord.ask.things import find_thing
from onrecord.engine import fix_record, read_log, remove_reports, undo_corrections
from onrecord.export.corrections import write_lessons
from onrecord.ingest.read import READERS
from onrecord.location import Location
from onrecord.record import Correction, CorrectionKind, OnrecordError, SpeakerClass
from onrecord.store import Store
from onrecord.terminal.flat import write_csv
from onrecord.views.corrections import CorrectionRow
from onrecord.web.filters import page
from onrecord.web.links import ServerLinks
from onrecord.web.log import find_done, list_log, log_rows, own_path, say_done
from onrecord.web.query import PAGE, read_query
from onrecord.web.render import outside
from onrecord.web.safety import LARGEST
from onrecord.web.work import Job, Work, check_published, keep_file, keep_text, make_folder

Show = Callable[..., HTMLResponse]

FILES = 500
# A rejected name may stand at as many places; each of them is a field of the form that undoes it.
_FIELDS = 5000
# Bytes of a field, and of a form, that is sent without files. To undo its escapes takes a second a megabyte, for which
# all others wait.
_FIELD, _FORM = 2**15, 2**20
_LONGEST = 2000
_LONGEST_NAME = 100
_YEAR = 365 * 24 * 3600
_KINDS: tuple[CorrectionKind, ...] = ("same", "different", "speaker", "date", "reject")
_CLASSES: tuple[SpeakerClass, ...] = get_args(SpeakerClass)
# The short ids that pages show.
_REF = re.compile(r"[A-Z]-[0-9a-f]{3,16}(\.\d+)?")
# As `store.lock` and `Work` say it.
_BUSY = ("another onrecord is writing", "reports are being added already")


def change_routes(path: Location, token: str, show: Show) -> APIRouter:
    """The routes by which a record is put right and added to; what is being added is cancelled when the server ends."""
    changes = Changes(path, token, show)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await run_in_threadpool(changes.work.close)

    router = APIRouter(include_in_schema=False, lifespan=lifespan)
    for at, view in changes.views().items():
        router.add_api_route(at, view, methods=["GET"])
    for at, change in changes.changes().items():
        router.add_api_route(at, change, methods=["POST"])
    return router


def read_by(request: Request) -> str:
    """The name under which this reader last put something right; empty if that is not known."""
    return unquote(request.cookies.get("by", ""))[:_LONGEST_NAME]


def just_done(path: Location, request: Request) -> list[CorrectionRow]:
    """What was said by the form that led to this page, to be shown with a way back; mostly nothing."""
    done = request.query_params.get("done", "")
    return find_done(read_log(path), done) if done else []


class Changes:
    """The changes to one record."""

    def __init__(self, path: Location, token: str, show: Show) -> None:
        self._path, self._token, self._render = path, token, show
        self.work = Work(path)

    def views(self) -> dict[str, Callable[..., Any]]:
        """What only shows, by path."""
        return {
            "/corrections": self.corrections,
            "/corrections.jsonl": self.lessons,
            "/corrections.csv": self.table,
            "/add": self.ask,
            "/add/{job}": self.watch,
            "/remove": self.confirm,
        }

    def changes(self) -> dict[str, Callable[..., Any]]:
        """What changes something, by path."""
        return {
            "/fix": self.fix,
            "/undo": self.undo,
            "/add": self.add,
            "/add/{job}/cancel": self.cancel,
            "/remove": self.remove,
        }

    async def fix(self, request: Request) -> Response:
        """Put the record right."""
        async with self._form(request) as form:
            back = own_path(_word(form, "back"))
            try:
                asked = _read_fix(form)
                made = await run_in_threadpool(_correct, self._path, asked)
            except OnrecordError as error:
                return self._refused(request, error, back)
        return _noted(back, made, asked.by)

    async def undo(self, request: Request) -> Response:
        """Take corrections back."""
        async with self._form(request) as form:
            back = own_path(_word(form, "back"))
            try:
                by, ids = _who(form), [id for id in form.getlist("ids") if isinstance(id, str)]
                if not ids:
                    raise OnrecordError("undo which? none was named")
                made = await run_in_threadpool(undo_corrections, self._path, ids, by=by)
            except OnrecordError as error:
                return self._refused(request, error, back)
        return _noted(back, made, by)

    def corrections(self, request: Request) -> Response:
        """What people said of the record, the last on top."""
        log = read_log(self._path)
        query = read_query(request.query_params)
        rows = list_log(log, ServerLinks(lambda name: None))[::-1]
        pager = page(len(rows), query, lambda **params: ServerLinks(lambda name: None).page("corrections", **params))
        return self._show(
            "corrections.html",
            request,
            title="What people put right",
            here="corrections",
            rows=rows[pager.first - 1 : pager.first - 1 + PAGE],
            pager=pager,
            done=find_done(log, request.query_params.get("done", "")),
            back="/corrections",
        )

    def lessons(self) -> Response:
        """The corrections with the words that they are about, a JSON object each: to learn from."""
        return _file(write_lessons(read_log(self._path)), "application/x-ndjson", "corrections.jsonl")

    def table(self) -> Response:
        """The corrections for a spreadsheet."""
        rows = log_rows(read_log(self._path))
        return _file(write_csv(rows, CorrectionRow).encode(), "text/csv", "corrections.csv")

    def ask(self, request: Request) -> Response:
        """The form for reports."""
        shown = {"title": "Add reports", "here": "add", "running": self.work.running(), "kinds": tuple(READERS)}
        most = {"files": FILES, "megabytes": LARGEST // 2**20}
        return self._show("add.html", request, most=most, **shown)

    async def add(self, request: Request) -> Response:
        """Begin to add what was given."""
        async with self._form(request, LARGEST) as form:
            try:
                job = await run_in_threadpool(self._begin, form)
            except OnrecordError as error:
                return self._refused(request, error, "/add")
        return RedirectResponse(f"/add/{job.id}", 303)

    def watch(self, request: Request, job: str) -> Response:
        """How far a job is, or what came of it."""
        found = self.work.job(job)
        if found is None:
            raise HTTPException(404, "there is no such job; it may have been of an earlier start of this server")
        return self._show("job.html", request, title=_TITLES[found.state], here="add", job=found, at=_word_stage(found))

    async def cancel(self, request: Request, job: str) -> Response:
        """End a job; the record is as it was."""
        async with self._form(request):
            if await run_in_threadpool(self.work.cancel, job) is None:
                raise HTTPException(404, "there is no such job")
        return RedirectResponse(f"/add/{quote(job, safe='')}", 303)

    def confirm(self, request: Request) -> Response:
        """What would be taken out, and the question whether it is to be."""
        ids = list(dict.fromkeys(request.query_params.getlist("report")))
        with Store.open(self._path) as store:
            found = store.found(ids) if len(ids) <= FILES else []
        if not ids or len(found) < len(ids):
            raise HTTPException(404, "there is no such report on this record")
        return self._show(
            "remove.html",
            request,
            title="Take out of the record?",
            here="reports",
            reports=found,
            back=own_path(request.query_params.get("back", "/reports")),
        )

    async def remove(self, request: Request) -> Response:
        """Take reports out."""
        async with self._form(request) as form:
            back, ids = own_path(_word(form, "back")), [id for id in form.getlist("report") if isinstance(id, str)]
            try:
                if not ids:
                    raise OnrecordError("take out which? no report was named")
                await run_in_threadpool(remove_reports, self._path, ids)
            except OnrecordError as error:
                return self._refused(request, error, back)
        gone = any(back.startswith(f"/report/{quote(id, safe='')}") for id in ids)
        return RedirectResponse("/reports" if gone else back, 303)

    @asynccontextmanager
    async def _form(self, request: Request, longest: int = 2**20) -> AsyncIterator[FormData]:
        """What a page's own form holds.

        Raises:
            HTTPException: it is too large (413), cannot be read (400), or lacks the token (403).
        """
        most = LARGEST
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
            longest, most = _FIELD, _FORM
        # What has files may be sent without saying how long it is, and ends where `safety` ends it.
        length = request.headers.get("content-length", "0" if most == LARGEST else "")
        if not length.isdecimal() or int(length) > most:
            raise HTTPException(413, _too_large(most))
        try:
            form = await request.form(max_files=FILES, max_fields=_FIELDS, max_part_size=longest)
        except ClientDisconnect:
            # So the server ends what is sent without its length and grows too long.
            raise HTTPException(413, _too_large(LARGEST)) from None
        except ValueError:
            # It may name any encoding that Python has, some of which are not of texts.
            raise HTTPException(400, "this form is written in an encoding that cannot be read") from None
        try:
            if not hmac.compare_digest(_word(form, "token").encode(errors="replace"), self._token.encode()):
                raise HTTPException(403, "this page is of an earlier start of the server; load it again")
            yield form
        finally:
            await form.close()

    def _begin(self, form: FormData) -> Job:
        """The job that adds what the form holds."""
        given = _read_given(form)
        folder = make_folder()
        try:
            inputs = [keep_text(folder, given.text, given.about)] if given.text else []
            inputs += [keep_file(folder, n, f.filename or "", f.file) for n, f in enumerate(given.files)]
            return self.work.start(inputs, given.published, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _show(self, template: str, request: Request, **context: Any) -> Response:
        return self._render(template, request, **{"by": read_by(request), **context})

    def _refused(self, request: Request, error: OnrecordError, back: str) -> Response:
        """The page that says why nothing was changed."""
        status = 409 if any(words in str(error) for words in _BUSY) else 400
        return self._render("error.html", request, status, title="Not done", message=str(error), back=back)


class _Fix(Struct, frozen=True, kw_only=True):
    """What somebody says of a place, or of a place and each of several others."""

    kind: CorrectionKind
    place: str
    others: tuple[str, ...]
    by: str
    class_: SpeakerClass | None


class _Given(Struct, frozen=True, kw_only=True):
    """A pasted text with what is said about it, and files; `published` is the date of those that give none."""

    text: str
    about: dict[str, str | None]
    files: tuple[UploadFile, ...]
    published: str | None


def _read_fix(form: FormData) -> _Fix:
    kind, class_, place = _word(form, "kind"), _word(form, "cls"), _word(form, "place")
    if kind not in _KINDS:
        raise OnrecordError(f'"{kind[:40]}" is no correction; there are: {", ".join(_KINDS)}')
    if class_ and class_ not in _CLASSES:
        raise OnrecordError(f'"{class_[:40]}" is no class of a speaker; there are: {", ".join(_CLASSES)}')
    others = tuple(o.strip() for o in form.getlist("other") if isinstance(o, str))
    if any(len(words) > _LONGEST for words in (place, *others)):
        raise OnrecordError(f"a place or a name has at most {_LONGEST:,} characters")
    return _Fix(
        kind=kind,
        place=place,
        # A member that is set apart from all members is not set apart from itself.
        others=tuple(o for o in others if o != place) if len(others) > 1 else others,
        by=_who(form),
        class_=class_ or None,
    )


def _correct(path: Location, asked: _Fix) -> list[Correction]:
    """Make the corrections; where one of several cannot be made, those before it are taken back."""
    made: list[Correction] = []
    apart = asked.kind == "different" and len(asked.others) > 1
    place, others = _place(path, asked.place), list(asked.others)
    if asked.kind in ("same", "different"):
        others = [_place(path, other) for other in others]
    told = [[place, other] for other in others] if apart else [[place, *others]]
    try:
        for words in told:
            # Without a second word `engine` says what lacks.
            given = words[:1] if asked.kind == "reject" else words
            made += fix_record(path, asked.kind, given, by=asked.by, class_=asked.class_)
    except OnrecordError:
        if made:
            undo_corrections(path, [c.id for c in made], by=asked.by)
        raise
    return made


def _place(path: Location, words: str) -> str:
    """What `engine` calls the thing that `words` mean: of a short id the record's own."""
    if not _REF.fullmatch(words):
        return words
    with open_reading(path) as reading:
        return find_thing(reading, words).id


def _read_given(form: FormData) -> _Given:
    files = tuple(f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename)
    text = form.get("text")
    text = text if isinstance(text, str) and text.strip() else ""
    about = {name: _word(form, name) or None for name in ("outlet", "title", "published", "url")}
    if not text and not files:
        raise OnrecordError("nothing was given: paste a text, or choose files")
    if any(len(words or "") > _LONGEST for words in about.values()):
        raise OnrecordError(f"outlet, title, date and address have at most {_LONGEST:,} characters")
    if about["url"] and not outside(about["url"]):
        raise OnrecordError("the address of a report begins with http:// or https://")
    for day in (about["published"], _word(form, "date") or None):
        check_published(day)
    return _Given(text=text, about=about, files=files, published=_word(form, "date") or None)


def _word(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _who(form: FormData) -> str:
    by = _word(form, "by")
    if len(by) > _LONGEST_NAME or not by.isprintable():
        raise OnrecordError(f"a name has at most {_LONGEST_NAME} characters, all of them visible")
    if not by:
        raise OnrecordError("a correction needs the name of the person who makes it")
    return by


def _noted(back: str, made: Sequence[Correction], by: str) -> Response:
    """Back to the page, which says what was understood; the name is kept for the next time."""
    answer = RedirectResponse(say_done(back, made), 303)
    # A cookie holds ASCII alone.
    answer.set_cookie("by", quote(by, safe=" "), max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def _file(content: bytes, kind: str, name: str) -> Response:
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=held)


def _too_large(most: int) -> str:
    return f"too large: at most {most // 2**20} MB at once"


def _word_stage(job: Job) -> str:
    """How far a job is: "read 3 of 8 reports"."""
    if job.stage == "start" or (job.stage == "link" and not job.total):
        return "starting" if job.stage == "start" else "looking for what belongs together"
    return _STAGES[job.stage].format(f"{job.done:,}" if job.total is None else f"{job.done:,} of {job.total:,}")


_TITLES = {"running": "Adding reports", "done": "Added", "failed": "Not added", "cancelled": "Cancelled"}
_STAGES = {"read": "reports taken in: {}", "extract": "read {} reports", "link": "linked {} groups of reports"}
