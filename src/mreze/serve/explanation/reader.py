"""Read a query's patterns, as far as an explanation needs them.

The engine has accepted the query before; what is not understood here (triple terms, say) is no mistake of the query.
Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from mreze.serve.explanation.cursor import END, Cursor, NotUnderstood, Token
from mreze.serve.explanation.patterns import Element, Group, Pattern, Query
from mreze.serve.explanation.terms import Prologue, Term, literal, named

_LONGEST: Final = 30_000
"""Characters; a longer query is made by a program, and nobody reads why it finds nothing."""
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def read_patterns(query: str, base: str) -> Query:
    """Read a query.

    Args:
        query: its text, which the engine accepts.
        base: what its relative IRIs are resolved against.

    Raises:
        NotUnderstood: it says something that is not read here.
    """
    if len(query) > _LONGEST:
        raise NotUnderstood
    try:
        return _Reader(query, base).query()
    except (IndexError, KeyError, RecursionError, StopIteration, ValueError) as error:
        raise NotUnderstood from error


class _Reader(Cursor):
    """Reads the tokens of one query from left to right."""

    def __init__(self, query: str, base: str) -> None:
        super().__init__(query)
        self.prologue = Prologue(base)
        self.blank = 0

    def query(self) -> Query:
        while self.token.upper not in _FORMS:
            self.declaration()
        begun = self.token.start
        form, projected, resources = self.head()
        head = self.text[begun : self.token.start]
        where = Group(()) if self.token.kind == END else self.group()  # DESCRIBE <iri> has none
        modifiers = self.text[self.tokens[self.at - 1].end :] if where.elements else ""
        return Query(self.text[:begun], form, head, projected, resources, where, modifiers, self.prologue.prefixes)

    def declaration(self) -> None:
        word = self.take().upper
        if word == "PREFIX":
            self.prologue.declare(self.take().text, self.take().text)
        elif word == "BASE":
            self.prologue.rebase(self.take().text)

    def head(self) -> tuple[str, tuple[str, ...], tuple[Term, ...]]:
        """What stands before the group: the form, what is projected, the template of a CONSTRUCT, the dataset."""
        form = self.take().upper
        if form == "CONSTRUCT" and self.token.text == "{":
            self.skip()
        projected: list[str] = []
        resources: list[Term] = []
        while self.token.text != "{" and self.token.kind != END:
            first = self.at
            if self.token.text == "(":
                self.skip()
                projected += _used(self.tokens[first : self.at])
                continue
            token = self.take()
            if token.kind == "variable":
                projected.append(token.text[1:])
            elif form == "DESCRIBE" and token.kind in {"iri", "prefixed"} and self.tokens[first - 1].upper != "FROM":
                resources.append(named(token, self.prologue))
        return form, tuple(dict.fromkeys(projected)), tuple(resources)

    def group(self) -> Group:
        begun = self.take("{").start
        if self.token.upper == "SELECT":
            return Group((self.subquery(begun),))
        elements: list[Element] = []
        while not self.passes("}"):
            if not self.passes("."):
                elements += self.element()
        return Group(tuple(elements))

    def element(self) -> list[Element]:
        begun, word = self.token.start, self.token.upper
        if self.token.text == "{":
            return [self.united(begun)]
        reader: Callable[[int], Element] | None = {
            "OPTIONAL": self.nested, "MINUS": self.nested, "LATERAL": self.nested, "GRAPH": self.named,
            "SERVICE": self.named, "FILTER": self.condition, "BIND": self.binding, "VALUES": self.values,
        }.get(word if self.token.kind == "word" else "")  # fmt: skip
        if reader is not None:
            return [reader(begun)]
        found: list[Pattern] = []
        self.block(found)
        return [Element("triple", one.text, one) for one in found]

    def united(self, begun: int) -> Element:
        groups = [self.group()]
        while self.passes("UNION"):
            groups.append(self.group())
        (first, *more), rest = groups[0].elements or (None,), groups[1:]
        if first is not None and first.kind == "select" and not more and not rest:
            return first
        return Element("union", self.since(begun), groups=tuple(groups))

    def subquery(self, begun: int) -> Element:
        """A subquery and the brace that closes it."""
        head = self.at
        _, projected, _ = self.head()
        everything = any(one.text == "*" for one in self.tokens[head : self.at])
        body = self.at
        group = self.group()
        names = _used(self.tokens[body : self.at]) if everything else projected
        while not self.passes("}"):
            if self.token.text in {"(", "{"}:
                self.skip()
            else:
                self.take()
        return Element("select", self.since(begun), groups=(group,), variables=tuple(names))

    def nested(self, begun: int) -> Element:
        kind = self.take().text.lower()
        group = self.group()
        return Element(kind, self.since(begun), groups=(group,))

    def named(self, begun: int) -> Element:
        kind = self.take().text.lower()
        self.passes("SILENT")
        term = self.term()
        group = self.group()
        return Element(kind, self.since(begun), term=term, groups=(group,))

    def condition(self, begun: int) -> Element:
        self.take("FILTER")
        first = self.at
        while self.token.kind in {"word", "iri", "prefixed"}:  # a function, EXISTS, NOT EXISTS
            self.at += 1
        self.skip()
        return Element("filter", self.since(begun), terms=tuple(self.mentioned(first)))

    def binding(self, begun: int) -> Element:
        self.take("BIND")
        first = self.at
        self.skip()
        variable = self.tokens[self.at - 2].text[1:]
        return Element("bind", self.since(begun), variables=(variable,), terms=tuple(self.mentioned(first)))

    def values(self, begun: int) -> Element:
        self.take("VALUES")
        variables, rows = [], []
        several = self.passes("(")
        while self.token.kind == "variable":
            variables.append(self.take().text[1:])
        if several:
            self.take(")")
        self.take("{")
        while not self.passes("}"):
            row = [self.cell()] if not several else []
            while several and (row or self.passes("(")) and not self.passes(")"):
                row.append(self.cell())
            rows.append(tuple(row))
        terms = tuple(one for row in rows for one in row if one is not None)
        return Element("values", self.since(begun), variables=tuple(variables), terms=terms, rows=tuple(rows))

    def cell(self) -> Term | None:
        return None if self.passes("UNDEF") else self.term()

    def mentioned(self, first: int) -> Iterator[Term]:
        """The terms among the tokens since a place; functions and datatypes are none."""
        tokens = self.tokens[first : self.at]
        for place, token in enumerate(tokens):
            before = tokens[place - 1].text if place else ""
            after = tokens[place + 1].text if place + 1 < len(tokens) else ""
            if token.kind in {"iri", "prefixed"} and before != "^^" and after != "(":
                yield named(token, self.prologue)
            elif token.kind == "variable":
                yield Term("variable", token.text)
            elif token.kind in {"string", "number"}:
                yield self.written(tokens[place : place + 3])

    def written(self, tokens: list[Token]) -> Term:
        """A literal in an expression: a text, and what follows it."""
        value, after = tokens[0], [*tokens[1:], None, None]
        if value.kind == "string" and after[0] is not None and after[0].kind == "language":
            return literal(value, value.text + after[0].text, after[0].text[1:], None)
        if value.kind == "string" and after[1] is not None and tokens[1].text == "^^":
            return literal(value, f"{value.text}^^{after[1].text}", None, self.prologue.resolve(after[1]))
        return literal(value, value.text, None, None)

    def block(self, found: list[Pattern]) -> None:
        """Triples of one subject."""
        subject = self.node(found)
        if self.begins_verb():
            self.properties(subject, found)

    def properties(self, subject: Term, found: list[Pattern]) -> None:
        while self.begins_verb():
            verb, path = self.verb()
            found.append(Pattern(subject, verb, self.node(found), path))
            while self.passes(","):
                found.append(Pattern(subject, verb, self.node(found), path))
            while self.passes(";"):
                pass

    def begins_verb(self) -> bool:
        return self.token.kind in {"variable", "iri", "prefixed"} or self.token.text in {"a", "^", "!", "("}

    def verb(self) -> tuple[Term, tuple[Term, ...]]:
        """A property or a variable; a path with the properties that are in it."""
        if self.token.kind == "variable":
            return self.term(), ()
        first = self.at
        self.path()
        tokens = self.tokens[first : self.at]
        if len(tokens) == 1:
            return named(tokens[0], self.prologue), ()
        properties = [one for one in tokens if one.kind in {"iri", "prefixed"} or one.text == "a"]
        text = self.text[tokens[0].start : tokens[-1].end]
        return Term("path", text), tuple(named(one, self.prologue) for one in properties)

    def path(self) -> None:
        """Pass over a path (grammar: PathAlternative and what it is made of)."""
        while True:
            while self.passes("^") or self.passes("!"):
                pass
            if self.token.text == "(":
                self.skip()
            else:
                named(self.take(), self.prologue)
            while self.token.text in {"*", "+", "?"}:
                self.at += 1
            if not (self.passes("/") or self.passes("|")):
                return

    def node(self, found: list[Pattern]) -> Term:
        """A term, or a blank node with what is said of it."""
        if self.passes("["):
            blank = self.fresh()
            if not self.passes("]"):
                self.properties(blank, found)
                self.take("]")
            return blank
        if self.passes("("):
            while not self.passes(")"):
                self.node(found)
            return self.fresh()
        return self.term()

    def fresh(self) -> Term:
        self.blank += 1
        return Term("variable", f"?_{self.blank}")

    def term(self) -> Term:
        token = self.take()
        if token.kind == "variable":
            return Term("variable", "?" + token.text[1:])
        if token.kind == "blank":
            return Term("variable", "?_b" + "".join(one if one.isalnum() else "_" for one in token.text[2:]))
        if token.kind in {"iri", "prefixed"}:
            return named(token, self.prologue)
        if token.text in {"+", "-"}:
            number = self.take()
            token = Token(number.kind, token.text + number.text, token.start, number.end)
        if token.kind in {"string", "number"} or token.text in {"true", "false"}:
            return self.literal(token)
        raise NotUnderstood(token.text)

    def literal(self, token: Token) -> Term:
        language = datatype = None
        if token.kind == "string" and self.token.kind == "language":
            language = self.take().text[1:]
        elif token.kind == "string" and self.passes("^^"):
            datatype = self.prologue.resolve(self.take())
        text = self.text[token.start : self.tokens[self.at - 1].end]
        return literal(token, text, language, datatype)


def _used(tokens: Iterable[Token]) -> list[str]:
    return list(dict.fromkeys(one.text[1:] for one in tokens if one.kind == "variable"))
