"""Taste that a machine can check. Each rule takes one file and yields its offences as `line: what`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("platforms", "accounts", "posts", "policy", "publishing", "inbox", "engagement", "smconsole")
LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEMPLATE = 40, 400, 150

# A door takes the moment and hands it on; everybody else is given it.
DOOR = re.compile(
    r"(^|/)(views|tasks|health|middleware|context|home|adapter|crew)\w*\.py$|/(views|management|templatetags)/"
)
MODELS = re.compile(r"(^|/)models(\.py$|/)")
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "celery.signals")


@dataclass(frozen=True)
class Source:
    """A file of the house: its path from the root, its text, and for Python its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def calls(self) -> Iterator[tuple[ast.Call, ast.Attribute]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield node, node.func

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


Rule = Callable[[Source], Iterator[str]]


def only_models_write_state(source: Source) -> Iterator[str]:
    if MODELS.search(source.path):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store):
            yield f"{node.lineno}: writes .state"
    for call, name in source.calls():
        words = {keyword.arg for keyword in call.keywords} | {
            leaf.value for argument in call.args for leaf in ast.walk(argument) if isinstance(leaf, ast.Constant)
        }
        if name.attr in ("update", "bulk_update") and "state" in words:
            yield f"{call.lineno}: {name.attr}s state"


def one_writer_of_stage(source: Source) -> Iterator[str]:
    """How far an author has come is decided by people, through one module (docs/decisions/0036)."""
    if source.path == "accounts/stages.py" or MODELS.search(source.path):
        return
    written = {"stage", "stage_until"}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in written and isinstance(node.ctx, ast.Store):
            yield f"{node.lineno}: writes .{node.attr}"
    for call, name in source.calls():
        if name.attr == "update" and written & {keyword.arg for keyword in call.keywords}:
            yield f"{call.lineno}: updates stage"


def guardians_rows_have_one_reader(source: Source) -> Iterator[str]:
    """`accounts.rights` writes them, `accounts.accord` proves them; everybody else asks `accounts.held`."""
    if source.path in ("accounts/held.py", "accounts/rights.py", "accounts/accord.py") or "/proving/" in source.path:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "guardian.models":
            yield f"{node.lineno}: reads guardian's rows by itself"


def no_imports_inside_functions(source: Source) -> Iterator[str]:
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"{node.lineno}: imports inside {function.name}"


def the_moment_is_an_argument(source: Source) -> Iterator[str]:
    for call, name in source.calls():
        owner = name.value.attr if isinstance(name.value, ast.Attribute) else getattr(name.value, "id", "")
        if (owner, name.attr) in CLOCKS:
            yield f"{call.lineno}: asks {owner}.{name.attr}()"
        if (owner, name.attr) in {("timezone", "now"), ("timezone", "localdate")} and not DOOR.search(source.path):
            yield f"{call.lineno}: takes the moment behind the doors"


def no_broad_except(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and not _raises_again(node):
            caught = {leaf.id for leaf in ast.walk(node.type) if isinstance(leaf, ast.Name)} if node.type else {"*"}
            if caught & {"*", "Exception", "BaseException"}:
                yield f"{node.lineno}: catches everything"


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """To undo and go on failing is not to swallow."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def only_doors_send_tasks(source: Source) -> Iterator[str]:
    """Those hand over to accounts/ticking.py, which alone sends for them."""
    if DOOR.search(source.path) or source.path == "accounts/ticking.py":
        return
    for call, name in source.calls():
        if name.attr in ("delay", "apply_async", "send_task") and not _is_super(name.value):
            yield f"{call.lineno}: sends a task"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hand_out":
            yield f"{node.lineno}: hands rows out"


def _is_super(owner: ast.expr) -> bool:
    """Of a task that refines how it is sent."""
    return isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "super"


def no_signals(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        if any(name.startswith(SIGNALS) for name in names):
            yield f"{node.lineno}: imports signals"


def functions_are_short(source: Source) -> Iterator[str]:
    for function in source.functions():
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{function.lineno}: {function.name} has {length} lines"


def modules_are_short(source: Source) -> Iterator[str]:
    if (length := len(source.text.splitlines())) > LONGEST_MODULE:
        yield f"1: {length} lines"


def templates_are_short(source: Source) -> Iterator[str]:
    if (length := len(source.text.splitlines())) > LONGEST_TEMPLATE:
        yield f"1: {length} lines"


def nothing_is_left_for_later(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if re.search(r"\b(TODO|FIXME|XXX)\b", line):
            yield f"{number}: {line.strip()}"


def modules(rooms: tuple[str, ...], root: Path = ROOT) -> Iterator[Source]:
    for room in rooms:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield Source(path.relative_to(root).as_posix(), path.read_text())


def templates(root: Path = ROOT) -> Iterator[Source]:
    for room in ROOMS:
        for path in sorted((root / room).glob("templates/**/*.html")):
            yield Source(path.relative_to(root).as_posix(), path.read_text())
