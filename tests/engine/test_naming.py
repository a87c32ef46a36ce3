"""What things are called is read alike wherever it is needed; how names are read, build/test_index.py tells."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from mreze.matching.model import Kind, Label
from mreze.namespaces import PREFIXES
from mreze.naming import Naming

HERE = "https://site.example/id/"
TURTLE = (
    "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in PREFIXES.items())
    + f"""
<{HERE}a> rdfs:label "A"@en ; skos:altLabel "Б"@sr-Cyrl , "A"@en ; skos:notation "1" ;
    owl:sameAs <https://x.example/1> .
<{HERE}a#part> rdfs:label "part" . <{HERE}old> a as:Tombstone ; rdfs:label "old" . <{HERE}> rdfs:label "all" .
"""
)


def test_things_have_names_and_identifiers() -> None:
    """Things are what is described under the base and is not retired; a name comes once, as the best that it is."""
    naming = Naming(frozenset(quad.triple for quad in parse(TURTLE, RdfFormat.TURTLE)))
    assert list(naming.things(HERE)) == [f"{HERE}a"]
    said = naming.said[f"{HERE}a"]
    assert naming.labels(said) == (Label("A", "en"), Label("Б", "sr-cyrl", Kind.ALTERNATIVE))
    assert naming.identifiers(said) == ["1", "https://x.example/1"]
