"""A small reader of the R conditions in pharmaverse/admiral's tables of CTCAE: enough R to ask them for a grade, and no more.

Independent of our own table and code. Missing is None and follows R: NA & FALSE is FALSE, NA in a condition does not match.
The order is that of admiral's derive_var_atoxgr_dir: what makes the grade missing, then grades 4 to 1, otherwise 0.
"""

from __future__ import annotations

import re
from decimal import Decimal

TOKEN = re.compile(r'\s*(%in%|<=|>=|[-+*<>!&|(),~]|\d+\.?\d*|"[^"]*"|[A-Za-z_.][\w.]*)')
DIGITS = 15  # admiral's default for signif_dig


def signif(x):
    return None if x is None else float(f"{x:.{DIGITS}g}")


class Reader:
    """One expression, read with R's precedence: | below & below ! below comparisons below + below *."""

    def __init__(self, text, facts):
        self.tokens = TOKEN.findall(text)
        self.at = 0
        self.facts = facts

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected=None):
        token = self.peek()
        assert expected in (None, token), (expected, token, self.tokens)
        self.at += 1
        return token

    def cases(self):
        """The condition ~ value pairs, separated by commas."""
        found = []
        while self.peek():
            condition = self.either()
            self.take("~")
            found.append((condition, self.take()))
            if self.peek() == ",":
                self.take()
        return found

    def either(self):
        answer = self.both()
        while self.peek() == "|":
            self.take()
            other = self.both()
            answer = True if True in (answer, other) else None if None in (answer, other) else False
        return answer

    def both(self):
        answer = self.negated()
        while self.peek() == "&":
            self.take()
            other = self.negated()
            answer = False if False in (answer, other) else None if None in (answer, other) else True
        return answer

    def negated(self):
        if self.peek() == "!":
            self.take()
            answer = self.negated()
            return None if answer is None else not answer
        return self.compared()

    def compared(self):
        left = self.sum()
        sign = self.peek()
        if sign == "%in%":
            self.take()
            return left in self.facts[self.take()]
        if sign not in ("<", "<=", ">", ">="):
            return left
        self.take()
        right = self.sum()
        if left is None or right is None:
            return None
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]

    def sum(self):
        value = self.product()
        while self.peek() == "+":
            self.take()
            other = self.product()
            value = None if None in (value, other) else value + other
        return value

    def product(self):
        value = self.atom()
        while self.peek() == "*":
            self.take()
            other = self.atom()
            value = None if None in (value, other) else value * other
        return value

    def atom(self):
        token = self.take()
        if token == "-":
            value = self.atom()
            return None if value is None else -value
        if token == "(":
            value = self.either()
            self.take(")")
            return value
        if token in ("signif", "is.na"):
            self.take("(")
            value = self.sum()
            if token == "signif":
                self.take(",")
                self.take("signif_dig")
            self.take(")")
            return signif(value) if token == "signif" else value is None
        if token[0].isdigit():
            return float(token)
        return self.facts[token]


def grade(row, facts):
    """The grade by one of admiral's rows; None where admiral makes it missing."""
    facts = {"high_indicator": ("HIGH",), "low_indicator": ("LOW",), **facts}
    base, value = facts.get("BASE"), facts.get("AVAL")
    facts["PCHG"] = (
        None if base is None or value is None else float((Decimal(repr(value)) / Decimal(repr(base)) - 1) * 100)
    )
    for name in ("NA", "4", "3", "2", "1"):
        code = row.get(f"GRADE_{name}_CODE")
        if code is None:
            continue
        for condition, answer in Reader(code, facts).cases():
            if condition is True:
                return None if answer == "NA_character_" else int(answer.strip('"'))
    return 0
