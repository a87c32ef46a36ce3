"""What the site describes by hand, looked up by what a row of the table says."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, parse

from mreze.namespaces import term
from mreze.site import open_site

Node = NamedNode | Literal


class Site:
    """What is described by hand, looked up by what a row says."""

    def __init__(self, root: Path) -> None:
        self.base = open_site(root).base
        triples = {quad.triple for path in sorted((root / "data").rglob("*/*/*.ttl")) for quad in parse(path=path)}
        self.triples = sorted(triples, key=str)

    def find(self, predicate: str, value: str, kind: str, what: str) -> NamedNode:
        """The thing of a kind that has a value."""
        found = self.known(predicate, value, kind)
        if not found:
            raise SystemExit(f"describe {what} “{value}” under data/, in {kind}/")
        return found

    def known(self, predicate: str, value: str, kind: str) -> NamedNode | None:
        """The same, if there is one."""
        start, wanted = f"{self.base}id/{kind}/", term(predicate)
        found = [one.subject for one in self.triples if one.predicate == wanted and one.object.value == value]
        return next((one for one in found if isinstance(one, NamedNode) and one.value.startswith(start)), None)

    def objects(self, subject: NamedNode, predicate: str) -> list[Node]:
        """What is said of a thing."""
        wanted = term(predicate)
        return [one.object for one in self.triples if one.subject == subject and one.predicate == wanted]

    def network(self, name: str) -> tuple[NamedNode, dict[str, str]]:
        """A network by one of its names, with what follows a member's name in the label of a membership."""
        labels = ("rdfs:label", "skos:altLabel")
        networks = [one for label in labels if (one := self.known(label, name, "organizations"))]
        membership = (
            self.find("org:organization", networks[0].value, "memberships", "a membership in") if networks else None
        )
        if not membership:
            raise SystemExit(f"describe the network “{name}” under data/, in organizations/")
        member = self.objects(membership, "org:member")[0]
        names = {one.language: one.value for one in self.objects(member, "rdfs:label")}  # type: ignore[arg-type,union-attr]  # labels
        told = {one.language: one.value for one in self.objects(membership, "rdfs:label")}  # type: ignore[union-attr]  # labels
        return networks[0], {tag or "": text.removeprefix(names[tag]) for tag, text in told.items()}
