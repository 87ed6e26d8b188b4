"""The guards of the web half, found in the syntax tree, and how each is taken out.

A guard is whatever refuses, narrows, locks, checks, records, erases or schedules: an `if` that leaves
early, a condition of a query, a lock, a call that checks or tells, a decorator, a limit.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "avenant"
# The demo, what is drawn, and what builds: nothing there keeps anybody out.
LEFT_OUT = ("demo/", "frontend/", "ops/", "carriers/", "pages/", "partners/", "migrations/")
LEFT_OUT_FILES = re.compile(r"(templatetags|management)/|(^|/)(settings|errors|apps|urls)\.py$")
# Where every early way out, every condition and every call counts; elsewhere refusals alone.
WIDE = re.compile(
    r"/actions/|views\.py$|queries\.py$|middleware\.py$|window\.py$|access\.py$|http\.py$|jobs\.py$"
    r"|tasks\.py$|lockout\.py$|passwords\.py$|codes\.py$|vault\.py$|deposit\.py$|chain\.py$"
    r"|evidence\.py$|stream\.py$|crypto\.py$|health\.py$|deployment\.py$|asgi\.py$|models\.py$"
    r"|verify\.py$|adapter\.py$|limits\.py$|bus\.py$|files\.py$|seal_reading\.py$|standing\.py$"
)
NO_GUARDS = {"crash_point", "debug", "info", "exception", "warning", "error", "success", "write"}
QUERIES = {"filter", "exclude", "get", "get_object_or_404", "Q", "update"}
TELLING = re.compile(r"^_?(check|record|announce|defer|void|supersede|restart|remember|forget)")
COOKIE = {"httponly", "secure", "samesite", "max_age", "path"}
OPENERS = {"role_required", "require_POST", "require_GET", "require_http_methods", "atomic"}
NAMED_LIMIT = re.compile(r"^_?[A-Z][A-Z_]+$")


@dataclass
class Guard:
    """One guard: where it stands, what it is, and the change that takes it out.

    `kind` says how a running process is changed: "body" (the code of functions is replaced),
    "decorator" (the function is made anew), "limit" (a value of the module), or "fresh" (a process
    that starts with the changed text).
    """

    path: Path
    line: int
    function: str
    says: str
    kind: str
    take_out: Callable[[], None] = lambda: None
    tree: ast.Module = field(default_factory=lambda: ast.Module([], []))
    name: str = ""

    @property
    def is_of_a_view(self) -> bool:
        return self.kind in {"decorator", "body"} and self.path.name.endswith("views.py")

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT)).removeprefix("avenant/")


def guards_of_code() -> Iterator[Guard]:
    """Every guard in the code of the web half, in the order it is written."""
    for path in sorted(WEB.rglob("*.py")):
        place = str(path.relative_to(WEB))
        if place.startswith(LEFT_OUT) or LEFT_OUT_FILES.search(place) or "/migrations/" in place:
            continue
        yield from Finder(path, is_wide=bool(WIDE.search(f"/{place}"))).found()


class Finder:
    """Walks one module and notes its guards."""

    def __init__(self, path: Path, *, is_wide: bool) -> None:
        self.path, self.is_wide = path, is_wide
        self.is_action = "/actions/" in str(path)
        self.is_view = path.name.endswith("views.py") and path.name != "verify.py"
        self.tree = ast.parse(path.read_text("utf-8"))
        self.guards: list[Guard] = []
        self.functions: list[str] = []
        self.depth = 0

    def found(self) -> list[Guard]:
        self._block(self.tree.body)
        return self.guards

    def _note(self, node: ast.AST, says: str, take_out: Callable[[], None], kind: str) -> None:
        name = ".".join(self.functions) or "module"
        line = getattr(node, "lineno", 1)
        self.guards.append(Guard(self.path, line, name, says, kind, take_out, self.tree))

    def _block(self, body: list[ast.stmt]) -> None:
        for place, statement in enumerate(body):
            self._statement(statement, body, place)

    def _statement(self, node: ast.stmt, body: list[ast.stmt], place: int) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self._definition(node)
            return
        if not self.functions:
            self._limit(node)
            return
        if isinstance(node, ast.If):
            self._if(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if self._is_telling(node.value):
                self._removal(node, body, place, f"{_called(node.value)}(…)")
        elif isinstance(node, ast.Assign) and self.is_action and self._is_kept(node):
            says = ", ".join(ast.unparse(one) for one in node.targets)
            self._removal(node, body, place, f"{says} = {ast.unparse(node.value)[:30]}")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            if self.is_wide and isinstance(node.targets[0].slice, ast.Constant):
                self._removal(node, body, place, ast.unparse(node.targets[0]))
        elif isinstance(node, ast.Return) and self.is_wide and node.value is not None:
            self._answer(node)
        elif isinstance(node, ast.With) and self.is_wide:
            self._with(node, body, place)
        for name in ("body", "orelse", "finalbody"):
            self._block(getattr(node, name, []))
        for handler in getattr(node, "handlers", []):
            self._block(handler.body)
        for value in ast.iter_child_nodes(node):
            if isinstance(value, ast.expr | ast.withitem | ast.keyword):
                self._expression(value)

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self.functions.append(node.name)
        if not isinstance(node, ast.ClassDef):
            if len(self.functions) == 1:
                self._decorators(node)
            self._block(node.body)
        else:
            self._block([one for one in node.body if isinstance(one, ast.FunctionDef)])
        self.functions.pop()

    def _decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        first = node.body[1] if _is_docstring(node.body[0]) and node.body[1:] else node.body[0]
        names = [_name(one) for one in node.decorator_list]
        for decorator, name in zip(node.decorator_list, names, strict=True):
            if name in OPENERS and self.is_wide:
                self._note(
                    first,
                    f"@{name}",
                    lambda d=decorator: node.decorator_list.remove(d),
                    "decorator",
                )
            elif name in ("periodic", "task"):
                self._schedule(node, decorator, name)
        arguments = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        is_page = self.is_view and arguments[:1] == ["request"] and bool(names)
        if is_page and "login_not_required" not in names and not node.name.startswith("_"):
            self._note(first, "asks to sign in", lambda: _open_to_all(node), "decorator")

    def _schedule(self, node: ast.FunctionDef, decorator: ast.expr, name: str) -> None:
        if name == "periodic":
            self._note(
                decorator, "@periodic", lambda: node.decorator_list.remove(decorator), "fresh"
            )
            return
        assert isinstance(decorator, ast.Call)
        for keyword in decorator.keywords:
            if keyword.arg != "name":
                said = f"@task({keyword.arg}=…)"
                self._note(decorator, said, lambda k=keyword: decorator.keywords.remove(k), "fresh")

    def _limit(self, node: ast.stmt) -> None:
        if not (
            isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and self.is_wide
        ):
            return
        name, value = node.targets[0].id, node.value
        is_span = isinstance(value, ast.Call) and _called(value) == "timedelta"
        number = isinstance(value, ast.Constant) and type(value.value) in (int, float)
        if NAMED_LIMIT.match(name) and (is_span or number or isinstance(value, ast.BinOp)):
            for says, by in (("sixty times more", ast.Mult()), ("sixty times less", _less(value))):
                changed = ast.BinOp(value, by, ast.Constant(60))
                self._note(
                    node, f"{name} {says}", lambda c=changed: setattr(node, "value", c), "limit"
                )

    def _if(self, node: ast.If) -> None:
        leaves = isinstance(node.body[-1], ast.Raise | ast.Return | ast.Continue)
        refuses = isinstance(node.body[-1], ast.Raise)
        if not (refuses or (self.is_wide and (leaves or self.is_action))):
            return
        says = ast.unparse(node.test)
        self._note(
            node.test, f"if {says}", lambda: setattr(node, "test", ast.Constant(False)), "body"
        )
        if isinstance(node.test, ast.BoolOp) and leaves:
            self._operands(node.test, "if")

    def _operands(self, test: ast.BoolOp, word: str) -> None:
        """Each of several conditions alone: that of an « or » never holds, that of an « and » always."""
        for place, one in enumerate(test.values):
            never = ast.Constant(isinstance(test.op, ast.And))
            said = f"{word} … {ast.unparse(one)}"
            self._note(one, said, lambda p=place, n=never: test.values.__setitem__(p, n), "body")

    def _answer(self, node: ast.Return) -> None:
        value = node.value
        if isinstance(value, ast.BoolOp) and not _is_default(value):
            self._operands(value, "return")
        elif isinstance(value, ast.Compare) or (
            isinstance(value, ast.Call)
            and _called(value) in ("exists", "compare_digest", "all", "any")
        ):
            for answer in (True, False):
                said = f"return {answer} for {ast.unparse(value)[:60]}"
                self._note(
                    node, said, lambda a=answer: setattr(node, "value", ast.Constant(a)), "body"
                )

    def _with(self, node: ast.With, body: list[ast.stmt], place: int) -> None:
        if any("atomic" in ast.unparse(one.context_expr) for one in node.items):
            bare = ast.If(ast.Constant(True), node.body, [])
            self._note(
                node,
                "with atomic",
                lambda: body.__setitem__(place, ast.copy_location(bare, node)),
                "body",
            )

    def _removal(self, node: ast.stmt, body: list[ast.stmt], place: int, says: str) -> None:
        nothing = ast.copy_location(ast.Pass(), node)
        self._note(node, says, lambda: body.__setitem__(place, nothing), "body")

    def _is_telling(self, call: ast.Call) -> bool:
        name = _called(call)
        if (
            name in NO_GUARDS
            or "logger" in ast.unparse(call.func)
            or "crash_point" in ast.unparse(call)
        ):
            return False
        return self.is_action or (self.is_wide and bool(TELLING.match(name)))

    def _is_kept(self, node: ast.Assign) -> bool:
        return all(isinstance(one, ast.Attribute | ast.Tuple) for one in node.targets) and any(
            isinstance(one, ast.Attribute) for target in node.targets for one in ast.walk(target)
        )

    def _expression(self, node: ast.AST) -> None:
        for one in ast.walk(node):
            if isinstance(one, ast.Call):
                self._call(one)
            elif isinstance(one, ast.comprehension) and self.is_wide:
                for test in list(one.ifs):
                    said = f"for … if {ast.unparse(test)}"
                    self._note(test, said, lambda c=one, t=test: c.ifs.remove(t), "body")

    def _call(self, call: ast.Call) -> None:
        name = _called(call)
        if name == "select_for_update":
            self._note(call, "select_for_update", lambda: _skip_lock(call), "body")
        elif name == "set_cookie":
            for one in [k for k in call.keywords if k.arg in COOKIE]:
                self._note(
                    call, f"set_cookie({one.arg})", lambda k=one: call.keywords.remove(k), "body"
                )
        elif name in QUERIES and self.is_wide:
            named = [one for one in call.keywords if one.arg]
            alone = len(named) == 1 and not call.args
            for one in named:
                is_key = name in ("get", "get_object_or_404") and (alone or one.arg == "pk")
                if not is_key and (name != "update" or self.is_action):
                    said = f"{name}({one.arg})"
                    self._note(call, said, lambda k=one: call.keywords.remove(k), "body")
        elif name in ("check_step", "ask", "_ask_transition"):
            for one in [
                k for k in call.keywords if (k.arg or "").startswith(("is_", "are_", "has_"))
            ]:
                if not isinstance(one.value, ast.Constant):
                    free = ast.Constant(one.arg != "is_blocked")
                    said = f"{name}({one.arg})"
                    self._note(call, said, lambda k=one, f=free: setattr(k, "value", f), "body")


def _less(value: ast.expr) -> ast.operator:
    whole = isinstance(value, ast.Constant) and isinstance(value.value, int)
    return ast.FloorDiv() if whole else ast.Div()


def _called(call: ast.Call) -> str:
    return _name(call.func)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_default(value: ast.BoolOp) -> bool:
    """`a or b` that picks a value, no condition."""
    return not any(isinstance(one, ast.Compare | ast.UnaryOp | ast.BoolOp) for one in value.values)


def _open_to_all(node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    everybody = ast.parse(
        "__import__('django.contrib.auth.decorators', fromlist=['x']).login_not_required"
    ).body[0]
    assert isinstance(everybody, ast.Expr)
    node.decorator_list.insert(0, everybody.value)


def _skip_lock(call: ast.Call) -> None:
    """`x.select_for_update()` becomes `x.all()`."""
    assert isinstance(call.func, ast.Attribute)
    call.func.attr, call.args, call.keywords = "all", [], []


def named(guards: list[Guard]) -> list[Guard]:
    """The guards with a name each that does not move with the lines."""
    seen: dict[str, int] = {}
    for guard in guards:
        says = " ".join(guard.says.split())[:110]
        name = f"{guard.place} {guard.function}: {says}"
        seen[name] = seen.get(name, 0) + 1
        guard.name = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return guards
