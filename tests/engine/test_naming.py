"""What things are called is read alike wherever it is needed; how names are read, build/test_entries.py tells."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from mreze.matching.model import Kind, Label
from mreze.namespaces import PREFIXES
from mreze.naming import Naming, is_thing, said_of

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
    said = said_of(quad.triple for quad in parse(TURTLE, RdfFormat.TURTLE))
    naming = Naming(lambda iri: said.get(iri, ()))
    assert [iri for iri, pairs in said.items() if is_thing(iri, pairs, HERE)] == [f"{HERE}a"]
    of_a = said[f"{HERE}a"]
    assert naming.labels(of_a) == (Label("A", "en"), Label("Б", "sr-cyrl", Kind.ALTERNATIVE))
    assert naming.identifiers(of_a) == ["1", "https://x.example/1"]
    assert naming.labels(naming.named(of_a)) == naming.labels(of_a)
