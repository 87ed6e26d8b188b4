"""Small lies in a formula: each comparison, sign, figure, word and condition changed, one at a time."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMED = {
    "min": "max", "max": "min", "any": "all", "all": "any",
    "ROUND_HALF_UP": "ROUND_DOWN", "ROUND_DOWN": "ROUND_UP", "ROUND_UP": "ROUND_DOWN",
}  # fmt: skip
# They hold types, or are read by other means than running.
PASSED_OVER = (ast.ClassDef, ast.Import, ast.ImportFrom, ast.TypeAlias, ast.arguments)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Mutant(NamedTuple):
    """A module with one lie in it: the line, the lie in words, the whole text."""

    line: int
    says: str
    source: str


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every lie that this module knows to tell in `source`."""
    tree = ast.parse(source)
    for holder, field, place in list(_sites(tree, is_reason=False)):
        values = getattr(holder, field) if place is not None else vars(holder)
        key = field if place is None else place
        old = values[key]
        for new in _lies(old, is_test=field in ("test", "ifs")):
            values[key] = new
            says = f"{ast.unparse(old)} -> {ast.unparse(new)}"
            yield Mutant(old.lineno, says, ast.unparse(ast.fix_missing_locations(tree)))
        values[key] = old


type Site = tuple[ast.AST, str, int | None]


def _sites(node: ast.AST, *, is_reason: bool) -> Iterator[Site]:
    """Where the expressions stand that decide something, in the order they are written.

    Passed over: types, decorators, docstrings, and the plain words that choose a sentence.
    """
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "annotation", "returns"):
            continue
        for place, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(one, ast.AST) or isinstance(one, PASSED_OVER) or _is_docstring(one):
                continue
            says_why = is_reason or _says_why(node)
            if isinstance(one, ast.expr) and not (says_why and _is_word(one)):
                yield node, field, place
            yield from _sites(one, is_reason=says_why)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_word(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _says_why(node: ast.AST) -> bool:
    """A call of `because.…` or `settings(…)`, or an `f""`: their words are proved elsewhere."""
    if isinstance(node, ast.JoinedStr):
        return True
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute):
        called = called.value
    return isinstance(called, ast.Name) and called.id in ("because", "settings", "cast")


def _lies(node: ast.expr, *, is_test: bool) -> Iterator[ast.expr]:
    """What `node` could be instead."""
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                turned = [*operators[:place], COMPARED[type(operator)](), *operators[place + 1 :]]
                yield ast.Compare(node.left, turned, node.comparators)
        case ast.BinOp(op=operator) if type(operator) in COMPUTED:
            yield ast.BinOp(node.left, COMPUTED[type(operator)](), node.right)
        case ast.BoolOp(op=operator):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Name(id=name) if name in NAMED:
            yield ast.Name(NAMED[name], node.ctx)
        case ast.Constant(value=value):
            yield from (ast.Constant(new) for new in _other_values(value))
        case _ if is_test:
            yield ast.UnaryOp(ast.Not(), node)


def _other_values(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str) and _NUMBER.fullmatch(value):
        number = Decimal(value)
        yield f"{number + Decimal(1).scaleb(int(number.as_tuple().exponent)):f}"
    elif isinstance(value, str):
        yield f"{value}_"
