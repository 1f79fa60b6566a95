"""Every kind of notice that the console sends, read from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests import house_rules

KIND = re.compile(r"[a-z_]+\.[a-z_]*")
# What takes such a name and is no notice.
ELSEWHERE = {"audit.record", "reverse", "redirect", "render"}


def sent_kinds() -> set[str]:
    """What stands as `kind` anywhere in the rooms, and each constant of a module that tells which is handed on."""
    trees = {source.path: source.tree for source in house_rules.modules(house_rules.ROOMS)}
    constants = {path: dict(_constants(tree)) for path, tree in trees.items()}
    named = {
        (path.rpartition("/")[2][:-3], name): said for path, own in constants.items() for name, said in own.items()
    }
    found: set[str] = set()
    for path, tree in trees.items():
        if not _tells(tree):
            continue
        for node in _candidates(tree):
            said = _words(node, constants[path], named)
            if said is not None and KIND.fullmatch(said):
                found.add(said)
    return found


def _tells(tree: ast.Module) -> bool:
    """Whether this module gives or settles notices, or hands a kind to one that does."""
    names = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return bool(names & {"notices", "telling"})


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """`A = "a.b"` and `A, B = "a.b", "a.c"` of a module."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = value.elts if isinstance(value, ast.Tuple) and isinstance(target, ast.Tuple) else [value]
            for name, one in zip(names, values, strict=False):
                if isinstance(name, ast.Name) and isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield name.id, one.value


def _candidates(tree: ast.Module) -> Iterator[ast.expr]:
    """Where a kind may stand: under the name, or a constant among what a call is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keyed = zip(node.keys, node.values, strict=True)
            yield from (value for key, value in keyed if isinstance(key, ast.Constant) and key.value == "kind")
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in ELSEWHERE:
            yield from (argument for argument in node.args if isinstance(argument, ast.Name | ast.Attribute))
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "kind")


def _words(node: ast.expr, own: dict[str, str], named: dict[tuple[str, str], str]) -> str | None:
    """What it says; of one that is put together, what it begins with."""
    match node:
        case ast.Constant(value=str(said)):
            return said
        case ast.JoinedStr(values=[ast.Constant(value=str(said)), *_]):
            return said
        case ast.JoinedStr(values=[ast.FormattedValue(value=inner), *_]):
            return _words(inner, own, named)
        case ast.Name(id=name):
            return own.get(name) or next((said for (_, known), said in named.items() if known == name), None)
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return named.get((module, name))
    return None
