"""The endpoint describes itself: where it is, what it speaks, which graphs it has, how much a query may take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse
from tests.pushed import EXTENSIONS as UNPROMISED
from tests.servers import Served, serving

from mreze.namespaces import PREFIXES
from mreze.serve.description import EXTENSIONS, FUNCTIONS

SYNTAXES = (
    RdfFormat.TURTLE,
    RdfFormat.JSON_LD,
    RdfFormat.N_TRIPLES,
    RdfFormat.RDF_XML,
    RdfFormat.N_QUADS,
    RdfFormat.TRIG,
)
PREFIX = "".join(
    f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("dcat", "dct", "geof", "schema", "sd", "void")
)
LICENCE = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"


def _triples(content: bytes, form: RdfFormat = RdfFormat.TURTLE) -> set[Triple]:
    return {quad.triple for quad in parse(content, format=form)}


def _rows(served: Served, query: str, accept: str = "text/turtle") -> set[tuple[str, ...]]:
    """What a query finds in the description; ?service is the endpoint."""
    store = Store()
    store.load(served.get("sparql", accept).content, format=RdfFormat.TURTLE)
    solutions = store.query(PREFIX + query.replace("?service", f"<{served.address}sparql>"))
    assert isinstance(solutions, QuerySolutions)
    return {tuple(one.value for one in row) for row in solutions}


@pytest.fixture(scope="module")
def limited(minimal_release: Path) -> Iterator[Served]:
    """A server with limits of its own."""
    with serving(minimal_release, "--timeout", "1.5", "--memory", "256", "--result", "2") as served:
        yield served


def test_every_syntax_says_the_same(minimal: Served) -> None:
    """Whatever the endpoint writes, in a header or in a link; and HEAD has the length."""
    expected = _triples(minimal.get("sparql", "text/turtle").content)
    tags = set()
    for form in SYNTAXES:
        answer = minimal.get("sparql", form.media_type)
        assert answer.headers["content-type"].partition(";")[0] == form.media_type
        assert _triples(answer.content, form) == expected
        assert minimal.get(f"sparql?format={form.file_extension}", "text/html").content == answer.content
        assert minimal.ask("HEAD", "sparql", form.media_type).headers["content-length"] == str(
            answer.num_bytes_downloaded
        )
        tags.add(answer.headers["etag"])
    assert len(tags) == len(SYNTAXES)
    assert minimal.get("sparql", "*/*").headers["content-type"].startswith("text/turtle")
    assert minimal.get("sparql", "application/sparql-results+json").status_code == 406


def test_every_graph_has_the_count_that_a_query_finds(minimal: Served, own: Served) -> None:
    """The default graph and all named ones, and no other."""
    for served in (minimal, own):
        told = _rows(
            served,
            "SELECT ?name ?n { ?service sd:defaultDataset/sd:namedGraph ?g . "
            "?g sd:name ?name ; sd:graph/void:triples ?n }",
        )
        counted = served.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", "text/csv").text
        assert told == {tuple(line.split(",")) for line in counted.splitlines()[1:]}
        default = _rows(served, "SELECT ?n { ?service sd:defaultDataset/sd:defaultGraph/void:triples ?n }")
        assert default == {(served.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()[1],)}


def test_what_is_offered_is_offered(minimal: Served) -> None:
    """The endpoint itself, the release, its licence, its datasets; graphs for FROM are those of the default dataset."""
    address = minimal.address
    assert _rows(minimal, "SELECT ?e { ?service a sd:Service ; sd:endpoint ?e }") == {(address + "sparql",)}
    release = minimal.get("readyz").json()["release"]
    about = (
        "SELECT ?v ?l { ?service sd:defaultDataset ?d ; sd:availableGraphs ?d . ?d dcat:version ?v ; dct:license ?l }"
    )
    assert _rows(minimal, about) == {(release, LICENCE)}
    datasets = {(minimal.base + "dataset/bulk",), (minimal.base + "dataset/crossings",)}
    assert _rows(minimal, "SELECT ?d { ?service dcat:servesDataset ?d }") == datasets
    parts = "SELECT DISTINCT ?d { ?g a sd:Graph ; dct:isPartOf ?d ; dct:title ?t }"
    assert _rows(minimal, parts) == datasets | {(minimal.base + "void#ontology",)}


def test_federation_is_claimed_where_it_is_allowed(minimal_release: Path) -> None:
    """With --allow-service the description says that the endpoint asks others."""
    with serving(minimal_release, "--allow-service", "http://127.0.0.1:1/") as served:
        assert "sd:feature sd:BasicFederatedQuery" in served.get("sparql", "text/turtle").text


def test_every_format_that_is_named_is_written(minimal: Served) -> None:
    """Each result format is one of the media types that a query is answered in, and none is missing."""
    formats = {row[0] for row in _rows(minimal, "SELECT ?f { ?service sd:resultFormat ?f }")}
    assert {one.iri for one in SYNTAXES} < formats
    assert len(formats) == len(SYNTAXES) + 4
    for form in SYNTAXES:
        answer = minimal.query("CONSTRUCT WHERE { ?s ?p ?o }", form.media_type)
        assert answer.headers["content-type"].partition(";")[0] == form.media_type


def test_no_feature_is_claimed_that_is_not_there(minimal: Served) -> None:
    """No union of graphs, no federation, nothing fetched; entailment is simple."""
    assert _rows(minimal, "SELECT ?f { ?service sd:feature ?f }") == set()
    regime = "SELECT ?r { ?service sd:defaultEntailmentRegime ?r }"
    assert _rows(minimal, regime) == {("http://www.w3.org/ns/entailment/Simple",)}
    both = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    default = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert minimal.query(both, "text/csv").text != minimal.query(default, "text/csv").text
    assert minimal.query("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").status_code == 403
    assert minimal.query("ASK FROM <http://127.0.0.1:1/> { ?s ?p ?o }").json()["boolean"] is False


def _wkt(shape: str) -> str:
    return f'"{shape}"^^<{PREFIXES["geo"]}wktLiteral>'


def _square(left: float, bottom: float, right: float, top: float) -> str:
    corners = f"{left} {bottom}, {right} {bottom}, {right} {top}, {left} {top}, {left} {bottom}"
    return _wkt(f"POLYGON(({corners}))")


SQUARE, INNER, EDGED = _square(0, 0, 4, 4), _square(1, 1, 2, 2), _square(0, 0, 2, 4)
OVERLAPPING, NEIGHBOUR, FAR = _square(2, 2, 6, 6), _square(4, 0, 8, 4), _square(20, 20, 24, 24)
LINE, POINT, NORTH = _wkt("LINESTRING(-1 2, 5 2)"), _wkt("POINT(1 1)"), _wkt("POINT(1 2)")
METRE, SQUARE_METRE = (f"<http://www.opengis.net/def/uom/OGC/1.0/{name}>" for name in ("metre", "square_metre"))
TRUE = {
    **dict.fromkeys(("sfEquals", "ehEquals", "rcc8eq"), (SQUARE, SQUARE)),
    **dict.fromkeys(("sfDisjoint", "ehDisjoint", "rcc8dc"), (SQUARE, FAR)),
    **dict.fromkeys(("sfIntersects", "sfOverlaps", "ehOverlap", "rcc8po"), (SQUARE, OVERLAPPING)),
    **dict.fromkeys(("sfTouches", "ehMeet", "rcc8ec"), (SQUARE, NEIGHBOUR)),
    **dict.fromkeys(("sfWithin", "ehInside", "rcc8ntpp"), (INNER, SQUARE)),
    **dict.fromkeys(("sfContains", "ehContains", "rcc8ntppi"), (SQUARE, INNER)),
    **dict.fromkeys(("ehCovers", "rcc8tppi"), (SQUARE, EDGED)),
    **dict.fromkeys(("ehCoveredBy", "rcc8tpp"), (EDGED, SQUARE)),
    "sfCrosses": (LINE, SQUARE),
    "relate": (SQUARE, SQUARE, '"T*F**FFF*"'),
    "isSimple": (SQUARE,),
}
"""What is so of these shapes."""
VALUES = {
    "area": ((SQUARE, SQUARE_METRE), "1968"),
    "asGeoJSON": ((POINT,), '{"type":"Point","coordinates":[1'),
    "centroid": ((SQUARE,), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(2 2)"),
    "convexHull": ((SQUARE,), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POLYGON((4 0"),
    "coordinateDimension": ((SQUARE,), "2"),
    "difference": ((SQUARE, EDGED), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON((("),
    "dimension": ((LINE,), "1"),
    "distance": ((POINT, NORTH, METRE), "111195"),
    "envelope": ((LINE,), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POLYGON(("),
    "getSRID": ((SQUARE,), "http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
    "intersection": ((SQUARE, OVERLAPPING), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON((("),
    "isEmpty": ((SQUARE,), "false"),
    "length": ((LINE, METRE), "66"),
    "perimeter": ((SQUARE, METRE), "177"),
    "spatialDimension": ((POINT,), "0"),
    "symDifference": ((SQUARE, OVERLAPPING), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON((("),
    "union": ((SQUARE, NEIGHBOUR), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON((("),
}
"""What is given for these shapes: how the value begins."""


def _called(served: Served, name: str, arguments: tuple[str, ...]) -> str:
    query = f"{PREFIX} SELECT (geof:{name}({', '.join(arguments)}) AS ?x) {{}}"
    (row,) = served.query(query).json()["results"]["bindings"]
    return str(row["x"]["value"])


@pytest.mark.engine_cannot("oxigraph", "virtuoso", UNPROMISED)
def test_every_function_that_is_named_works(minimal: Served) -> None:
    """Each extension function, called, says what is so; one that is not named is an error."""
    told = {row[0] for row in _rows(minimal, "SELECT ?f { ?service sd:extensionFunction ?f }")}
    assert told == {PREFIXES["geof"] + name for name in FUNCTIONS}
    assert {*TRUE, *VALUES} == set(FUNCTIONS)
    for name, arguments in TRUE.items():
        assert _called(minimal, name, arguments) == "true", name
        if len(arguments) == 2 and "isjoint" not in name and name != "rcc8dc":
            assert _called(minimal, name, (SQUARE, FAR)) == "false", name
    for name, (arguments, value) in VALUES.items():
        assert _called(minimal, name, arguments).startswith(value), name
    assert minimal.query(f"{PREFIX} SELECT (geof:buffer({POINT}, 1) AS ?x) {{}}").status_code == 400


@pytest.mark.engine_cannot("oxigraph", "virtuoso", UNPROMISED)
def test_every_extension_of_the_language_works(minimal: Served) -> None:
    """A lateral join sees what stands before it: the first opening of each river's bridges."""
    assert {row[0] for row in _rows(minimal, "SELECT ?e { ?service sd:languageExtension ?e }")} == set(EXTENSIONS)
    prefix = f"PREFIX ex: <{minimal.base}ontology#> "
    lateral = (
        "SELECT ?river ?year { { SELECT DISTINCT ?river { ?bridge ex:crosses ?river } } "
        "LATERAL { SELECT ?river ?year { ?bridge ex:crosses ?river ; ex:opened ?year } ORDER BY ?year LIMIT 1 } }"
    )
    grouped = "SELECT ?river (MIN(?y) AS ?year) { ?bridge ex:crosses ?river ; ex:opened ?y } GROUP BY ?river"
    first, second = (sorted(minimal.query(prefix + one, "text/csv").text.split()) for one in (lateral, grouped))
    assert first == second
    assert len(first) > 1


def test_the_limits_are_said(limited: Served) -> None:
    """To programs with number and unit, to people in words, as the server was started."""
    limits = "SELECT ?id ?most ?unit { ?service schema:additionalProperty ?l . ?l schema:propertyID ?id ; "
    told = _rows(limited, limits + "schema:maxValue ?most ; schema:unitCode ?unit }")
    assert told == {
        ("deadline", "1.5", "SEC"),
        ("memory", str(256 << 20), "AD"),
        ("result", str(2 << 20), "AD"),
        ("body", str(1 << 20), "AD"),
        ("waiting", "64", "C62"),
        ("share", "48", "C62"),
    }
    page = limited.get("sparql?lang=en", "text/html").text
    for shown in ("1.5 s", "256 MiB", "2 MiB", "504 Gateway Timeout", "429 Too Many Requests"):
        assert shown in page
    for link in re.findall(r'href="(\./sparql\?format=\w+)"', page):
        assert limited.get(link.removeprefix("./")).status_code == 200


def test_the_address_is_the_one_that_was_asked(minimal: Served, minimal_release: Path) -> None:
    """A loopback name is believed, a stranger's is not; with --public-url it is always that one."""
    port = minimal.address.rstrip("/").rpartition(":")[2]
    endpoint = NamedNode(PREFIXES["sd"] + "endpoint")

    def said(served: Served, **headers: str) -> set[str]:
        found = _triples(served.get("sparql", "text/turtle", **headers).content)
        return {str(one.object) for one in found if one.predicate == endpoint}

    assert said(minimal, host=f"localhost:{port}") == {f"<http://localhost:{port}/sparql>"}
    assert said(minimal, host="evil.example") == {f"<{minimal.address}sparql>"}
    with serving(minimal_release, "--public-url", "https://data.example.org/graph") as served:
        for host in (f"localhost:{port}", "evil.example", "data.example.org"):
            assert said(served, host=host) == {"<https://data.example.org/graph/sparql>"}
        text = served.get("sparql", "text/turtle", host=f"localhost:{port}").text
        assert "https://data.example.org/graph/dumps/all.ttl" in text
        assert "localhost" not in text
    with serving(minimal_release, "--public-url", minimal.base) as served:
        count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{minimal.base}void> {{ ?s ?p ?o }} }}"
        counted = served.query(count, "text/csv").text.split()[1]
        assert f"void:triples {counted} ;" in served.get("sparql", "text/turtle").text
