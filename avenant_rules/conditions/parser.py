"""Recursive descent over a condition; each step returns a typed piece, already compiled."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NoReturn

from avenant_rules.conditions.expressions import (
    NOTHING,
    Expr,
    apply,
    common_number,
    is_answered,
    join,
    literal,
    negate,
    reader,
)
from avenant_rules.conditions.tokens import tokenise
from avenant_rules.conditions.types import KIND_EN, KIND_FR, ConditionError, Facts, Type

MAX_DEPTH = 40

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBERS = ("integer", "decimal", "money", "days")


class Parser:
    """Recursive descent; each step returns a typed expression already compiled."""

    def __init__(self, text: str, names: Mapping[str, Type]) -> None:
        self.text, self.declared, self.depth = text, names, 0
        self.tokens = tokenise(text)
        self.index = 0

    def fail(self, code: str, position: int, fr: str, en: str) -> NoReturn:
        raise ConditionError(code, self.text, position, fr, en)

    @property
    def word(self) -> str:
        kind, word, _ = self.tokens[self.index]
        return "" if kind == "string" else word

    @property
    def position(self) -> int:
        return self.tokens[self.index][2]

    def take(self, *words: str) -> str | None:
        if self.word and self.word in words:
            self.index += 1
            return self.tokens[self.index - 1][1]
        return None

    def expect(self, word: str) -> None:
        if self.take(word) is None:
            self.unexpected(f"« {word} »", f'"{word}"')

    def unexpected(self, fr: str, en: str) -> NoReturn:
        self.fail("syntax", self.position, f"on attend ici {fr}.", f"{en} is expected here.")

    def whole(self) -> Expr:
        expr = self.either()
        if self.tokens[self.index][0] != "end":
            self.unexpected("la fin, « and » ou « or »", 'the end, "and" or "or"')
        return self.needs_yes_no(expr)

    def either(self) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail("too_deep", self.position, "trop de parenthèses.", "too many parentheses.")
        left = self.both()
        while self.take("or"):
            left = join(self.needs_yes_no(left), self.needs_yes_no(self.both()), decisive=True)
        self.depth -= 1
        return left

    def both(self) -> Expr:
        left = self.negation()
        while self.take("and"):
            right = self.negation()
            left = join(self.needs_yes_no(left), self.needs_yes_no(right), decisive=False)
        return left

    def negation(self) -> Expr:
        negations = 0
        while self.take("not"):
            negations += 1
        expr = self.comparison()
        if negations:
            self.needs_yes_no(expr)
        return negate(expr) if negations % 2 else expr

    def comparison(self) -> Expr:
        left = self.sum()
        position = self.position
        if self.take("in"):
            return self.membership(left, position)
        sign = self.take(*_COMPARE)
        if sign is None:
            return left
        right = self.sum()
        left, right = self.agree(left, right, position)
        if sign not in ("==", "!=") and left.kind not in (*_NUMBERS, "date"):
            self.fail(
                "type",
                position,
                f"{KIND_FR[left.kind]} ne se compare qu'avec == ou !=.",
                f"{KIND_EN[left.kind]} compares with == or != only.",
            )
        return apply("yes_no", position, _COMPARE[sign], left, right)

    def membership(self, left: Expr, position: int) -> Expr:
        if self.take("["):
            values: list[Any] = []
            while not values or self.take(","):
                item = self.sum()
                if not item.is_literal:
                    self.fail(
                        "type",
                        item.position,
                        "une liste ne contient que des valeurs.",
                        "a list holds values only.",
                    )
                left, item = self.agree(left, item, position)
                values.append(item.literal)
            self.expect("]")
            allowed = frozenset(values)
            return apply("yes_no", position, lambda one: one in allowed, left)
        right = self.sum()
        if right.kind != "list":
            self.fail(
                "type",
                right.position,
                "« in » attend une liste à sa droite.",
                '"in" expects a list on its right.',
            )
        if left.kind not in ("text", "choice"):
            self.fail(
                "type",
                left.position,
                f"{KIND_FR[left.kind]} n'est jamais dans cette liste.",
                f"{KIND_EN[left.kind]} is never in this list.",
            )
        if left.is_literal:
            self.check_choice(left, right.choices)
        return apply("yes_no", position, lambda one, many: one in many, left, right)

    def sum(self) -> Expr:
        left = self.atom()
        position = self.position
        while sign := self.take("+", "-"):
            left = self.add(left, self.atom(), sign, position)
            position = self.position
        return left

    def add(self, left: Expr, right: Expr, sign: str, position: int) -> Expr:
        act = operator.add if sign == "+" else operator.sub
        kinds = (left.kind, right.kind)
        if left.kind == "date" and right.kind in ("days", "integer"):
            return apply("date", position, lambda day, n: act(day, timedelta(n)), left, right)
        if kinds == ("date", "date") and sign == "-":
            return apply("days", position, lambda one, two: (one - two).days, left, right)
        kind = common_number(*kinds)
        if kind is None:
            self.fail(
                "type",
                position,
                f"on ne peut pas calculer {KIND_FR[left.kind]} {sign} {KIND_FR[right.kind]}.",
                f"{KIND_EN[left.kind]} {sign} {KIND_EN[right.kind]} cannot be worked out.",
            )
        return apply(kind, position, act, left, right)

    def atom(self) -> Expr:
        species, word, position = self.tokens[self.index]
        if self.take("("):
            expr = self.either()
            self.expect(")")
            return expr
        if self.take("-"):
            inner = self.atom() if self.word != "-" else None
            if inner is None or inner.kind not in _NUMBERS:
                self.unexpected("un nombre", "a number")
            if inner.is_literal:
                return literal(inner.kind, position, -inner.literal)
            return apply(inner.kind, position, operator.neg, inner)
        self.index += 1
        if species == "number":
            number = Decimal(word) if "." in word else int(word)
            return literal("decimal" if "." in word else "integer", position, number)
        if species == "string":
            return literal("text", position, word[1:-1])
        if species == "name" and word in ("true", "false"):
            return literal("yes_no", position, word == "true")
        if species == "name" and word == "answered":
            return self.answered(position)
        if species != "name" or word in ("and", "or", "not", "in"):
            self.index -= 1
            self.unexpected("un nom ou une valeur", "a name or a value")
        return self.name(word, position)

    def answered(self, position: int) -> Expr:
        self.expect("(")
        _, word, at = self.tokens[self.index]
        self.name(word, at)
        self.index += 1
        self.expect(")")
        return Expr(
            "yes_no",
            position,
            lambda facts: is_answered(facts.get(word)),
            lambda facts: NOTHING,
            frozenset([word]),
        )

    def name(self, word: str, position: int) -> Expr:
        declared = self.declared.get(word)
        if declared is None:
            self.fail(
                "unknown_name",
                position,
                f"le nom « {word} » n'est pas déclaré.",
                f'the name "{word}" is not declared.',
            )
        value = reader(word, declared.kind)
        alone = frozenset([word])

        def missing(facts: Facts) -> frozenset[str]:
            return alone if value(facts) is None else NOTHING

        return Expr(declared.kind, position, value, missing, alone, declared.choices)

    def needs_yes_no(self, expr: Expr) -> Expr:
        if expr.kind != "yes_no":
            self.fail(
                "type",
                expr.position,
                f"on attend un oui ou non, c'est {KIND_FR[expr.kind]}.",
                f"a yes or no is expected, this is {KIND_EN[expr.kind]}.",
            )
        return expr

    def agree(self, left: Expr, right: Expr, position: int) -> tuple[Expr, Expr]:
        """Both sides in one type; a literal takes the type of the name it stands beside."""
        if right.is_literal and not left.is_literal:
            return left, self.fit(right, left)
        if left.is_literal and not right.is_literal:
            return self.fit(left, right), right
        both_texts = {left.kind, right.kind} <= {"text", "choice"}
        same = left.kind == right.kind != "list"
        if not (both_texts or same or common_number(left.kind, right.kind)):
            self.mismatch(left, right, position)
        if left.choices and right.choices and not left.choices & right.choices:
            self.mismatch(left, right, position)
        return left, right

    def fit(self, given: Expr, other: Expr) -> Expr:
        value = given.literal
        if other.kind == "date" and given.kind == "text":
            try:
                return literal("date", given.position, date.fromisoformat(value))
            except ValueError:
                self.fail(
                    "type",
                    given.position,
                    f"« {value} » n'est pas une date AAAA-MM-JJ.",
                    f'"{value}" is not a date YYYY-MM-DD.',
                )
        if other.kind == "yes_no" and value in ("yes", "no"):
            return literal("yes_no", given.position, value == "yes")
        if other.kind == "choice" and given.kind == "text":
            self.check_choice(given, other.choices)
        elif not (given.kind == other.kind != "list" or common_number(given.kind, other.kind)):
            self.mismatch(other, given, given.position)
        return given

    def check_choice(self, given: Expr, choices: frozenset[str] | None) -> None:
        if choices is not None and given.literal not in choices:
            known = ", ".join(sorted(choices))
            self.fail(
                "unknown_choice",
                given.position,
                f"« {given.literal} » n'est pas une des valeurs : {known}.",
                f'"{given.literal}" is not one of: {known}.',
            )

    def mismatch(self, left: Expr, right: Expr, position: int) -> NoReturn:
        self.fail(
            "type",
            position,
            f"on ne peut pas comparer {KIND_FR[left.kind]} avec {KIND_FR[right.kind]}.",
            f"{KIND_EN[left.kind]} cannot be compared with {KIND_EN[right.kind]}.",
        )
