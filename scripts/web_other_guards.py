"""The guards that stand in no function: settings, steps of the machines, and what the database refuses."""

import ast
import copy
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from web_guards import ROOT, WEB, Guard

SETTINGS = WEB / "settings.py"
MACHINES = ROOT / "avenant_rules" / "machines"
GUARDING = re.compile(
    r"^(SECURE|SESSION|CSRF|LANGUAGE_COOKIE|X_FRAME|AXES|ACCOUNT|MFA|AVENANT_STAFF|AVENANT_UPLOAD"
    r"|AVENANT_TOUCH|AVENANT_SWEEP|AVENANT_WORKER|PASSWORD|AUTH_|DATA_UPLOAD|CACHES|ALLOWED_HOSTS|STORAGES)"
)
SPAN = re.compile(r"_(SECONDS|AGE|TIME|LIMIT|SIZE|COUNT)$")
# The machines of the rooms that are built.
BUILT = ("application", "call", "illustration", "section", "signature")


def guards_of_settings() -> Iterator[Guard]:
    """Each setting that guards, each line of the policy of contents, each middleware."""
    tree = ast.parse(SETTINGS.read_text("utf-8"))
    for block in _blocks(tree):
        for place, node in enumerate(block):
            if not isinstance(node, ast.Assign):
                continue
            names = [ast.unparse(one) for one in node.targets]
            if names == ["SECURE_CSP"] and isinstance(node.value, ast.Dict):
                yield from _policy(tree, node.value)
            elif names == ["MIDDLEWARE"] and isinstance(node.value, ast.List):
                yield from _listed(tree, node.value)
            elif GUARDING.match(names[0]):
                yield from _setting(tree, block, place, node, names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            continue
        if isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise):
            yield _guard(
                tree,
                node.test,
                f"if {ast.unparse(node.test)}",
                lambda n=node: setattr(n, "test", ast.Constant(False)),
            )


def _blocks(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    yield tree.body
    for node in tree.body:
        if isinstance(node, ast.If):
            yield node.body


def _guard(tree: ast.Module, node: ast.AST, says: str, take_out: Any) -> Guard:
    return Guard(SETTINGS, getattr(node, "lineno", 1), "settings", says, "fresh", take_out, tree)


def _setting(
    tree: ast.Module, block: list[ast.stmt], place: int, node: ast.Assign, names: list[str]
) -> Iterator[Guard]:
    for name in names:
        if SPAN.search(name):
            for says, by in (("sixty times more", ast.Mult()), ("sixty times less", ast.Div())):
                changed = ast.Call(
                    ast.Name("int", ast.Load()), [ast.BinOp(node.value, by, ast.Constant(60))], []
                )
                if name == "AXES_COOLOFF_TIME":
                    changed = ast.BinOp(node.value, by, ast.Constant(60))
                yield _guard(
                    tree, node, f"{name} {says}", lambda c=changed: setattr(node, "value", c)
                )
            continue
        if len(names) > 1:
            target = next(one for one in node.targets if ast.unparse(one) == name)
            yield _guard(tree, node, name, lambda t=target: node.targets.remove(t))
        elif isinstance(node.value, ast.List) and len(node.value.elts) > 1:
            for one in node.value.elts:
                said = f"{name}: {ast.unparse(one)[:60]}"
                yield _guard(tree, node, said, lambda e=one: node.value.elts.remove(e))
        elif isinstance(node.value, ast.Dict):
            for key, value in list(zip(node.value.keys, node.value.values, strict=True)):
                said = f"{name}: {ast.unparse(key) if key else '**'}"
                yield _guard(tree, node, said, lambda k=key, v=value: _drop(node.value, k, v))
        else:
            nothing = ast.copy_location(ast.Pass(), node)
            yield _guard(tree, node, name, lambda n=nothing: block.__setitem__(place, n))


def _drop(holder: Any, key: ast.expr, value: ast.expr) -> None:
    holder.keys.remove(key)
    holder.values.remove(value)


def _policy(tree: ast.Module, policy: ast.Dict) -> Iterator[Guard]:
    for place, key in enumerate(policy.keys):
        anything = ast.List([ast.Constant("*")], ast.Load())
        said = f"SECURE_CSP {ast.unparse(key) if key else ''} *"
        yield _guard(
            tree,
            policy.values[place],
            said,
            lambda p=place, a=anything: policy.values.__setitem__(p, a),
        )


def _listed(tree: ast.Module, listed: ast.List) -> Iterator[Guard]:
    for one in listed.elts:
        said = f"MIDDLEWARE {ast.unparse(one)}"
        yield _guard(tree, one, said, lambda e=one: listed.elts.remove(e))


def guards_of_machines() -> Iterator[Guard]:
    """Each fact that a step needs, and each step that is not written and so is refused."""
    for name in BUILT:
        path = MACHINES / f"{name}.toml"
        document = tomllib.loads(path.read_text("utf-8"))
        for place, step in enumerate(document["step"]):
            for fact in step.get("needs", {}):
                changed = copy.deepcopy(document)
                del changed["step"][place]["needs"][fact]
                yield _machine(path, f"{step['on']} needs {fact}", changed)
        written = {(state, step["on"]) for step in document["step"] for state in step["from"]}
        for trigger in document["triggers"]:
            first = next((one for one in document["step"] if one["on"] == trigger), None)
            for state in document["states"]:
                if first is None or (state, trigger) in written:
                    continue
                changed = copy.deepcopy(document)
                changed["step"].append({**copy.deepcopy(first), "from": [state], "needs": {}})
                for refusal in changed.get("refusal", []):
                    if refusal["on"] == trigger and state in refusal["from"]:
                        refusal["from"].remove(state)
                changed["refusal"] = [one for one in changed.get("refusal", []) if one["from"]]
                yield _machine(path, f"no {trigger} from {state}", changed)


def _machine(path: Path, says: str, changed: dict[str, Any]) -> Guard:
    guard = Guard(path, 1, path.stem, says, "machine")
    guard.document = changed  # type: ignore[attr-defined]
    return guard


TRIGGER = re.compile(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)")


def guards_of_database() -> Iterator[Guard]:
    """Each constraint of the models, each single field that is unique, and each trigger."""
    from django.apps import apps

    for model in apps.get_models():
        if not model.__module__.startswith("avenant.") or "demo" in model.__module__:
            continue
        path = ROOT / (model.__module__.replace(".", "/") + ".py")
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            yield _refused(path, model.__name__, constraint.name, table)
        for one in model._meta.local_fields:
            if one.unique and not one.primary_key:
                yield _refused(path, model.__name__, f"{one.column} unique", table)
    for path in sorted(WEB.glob("*/migrations/*.py")):
        for name in TRIGGER.findall(path.read_text("utf-8")):
            yield _refused(path, "trigger", name, "")


def _refused(path: Path, function: str, says: str, table: str) -> Guard:
    guard = Guard(path, 1, function, says, "database")
    guard.table = table  # type: ignore[attr-defined]
    return guard


def drop(guard: Guard, url: str) -> None:
    """Take a constraint, an index or a trigger out of the database at `url`."""
    import psycopg

    name = guard.says
    with psycopg.connect(url, autocommit=True) as database:
        if guard.function == "trigger":
            found = database.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [name]
            ).fetchall()
            for (table,) in found:
                database.execute(f"DROP TRIGGER {name} ON {table}")
            return
        table = guard.table  # type: ignore[attr-defined]
        if name.endswith(" unique"):
            found = database.execute(
                "SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
                " JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = ANY(x.indkey)"
                " WHERE x.indrelid = %s::regclass AND x.indisunique AND x.indnatts = 1"
                " AND a.attname = %s",
                [table, name.removesuffix(" unique")],
            ).fetchall()
            names = [one for (one,) in found]
        else:
            names = [name]
        for one in names:
            database.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{one}"')
            database.execute(f'DROP INDEX IF EXISTS "{one}"')
