"""Makes requests that are wrong in thousands of ways, the same ones every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final
from urllib.parse import quote_from_bytes

QUERIES: Final = [
    b"SELECT * { ?s ?p ?o } LIMIT 3",
    b"PREFIX ex: <https://minimal.example/data/ontology#> SELECT ?b (COUNT(*) AS ?n) { ?b a ex:Bridge } GROUP BY ?b",
    b"ASK { ?s ?p \"it's\"@en-GB, 'say \\\"no\\\"', '''a\nb''', 1.5e-3, true FILTER (?s != <http://x/#a> && 1 < 2) }",
    b"CONSTRUCT { ?s ?p [ ?p (1 2) ] } WHERE { ?s ?p ?o OPTIONAL { ?o ?q ?r } } ORDER BY DESC(?s) LIMIT 2",
    b"DESCRIBE <https://minimal.example/data/id/rivers/green-river> # the river",
    b"SELECT ?x FROM <ontology> FROM NAMED <a> { { ?x a/^a*|!(<b>|^a) ?y } UNION { ?x ?y ?z } }",
    b"BASE <http://b/c> SELECT (IF(BOUND(?x), STRLEN(?x), COALESCE(1/0, 'q')) AS ?y) { VALUES ?x { UNDEF 'a' <d> } }",
    b"SELECT * { GRAPH ?g { ?s ?p ?o MINUS { ?s a ?o } FILTER NOT EXISTS { ?s ?p 5 } } { SELECT ?s { ?s ?p 1 } } }",
    "SELECT ?ц { ?ц ?p 'ćuprija \U0001f309' FILTER regex(str(?ц), '^a.*(b|c)+$', 'i') }".encode(),
]
PIECES: Final = [
    *(bytes([one]) for one in b"(){}[]<>'\"\\#\n\r\0%+&=;,.?$@~*/!|-"), b"'" * 3, b'"' * 3, b"^^", b"_:", b"<<", b">>",
    b"<<(", b")>>", b"{|", b"|}", b"\\u0041", b"\\uD800", b"\\U00110000", b"\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\xef\xbb\xbf", b"\xe2\x80\xae", b"%00", b"1e999999", b"9" * 30, b"<http://[::1", b"<urn:", b"<a b>", b"xsd:",
    *(b" %s " % one for one in (b"UNION", b"SERVICE", b"INSERT DATA", b"FROM", b"NOT EXISTS", b"LATERAL", b"LIMIT -1",
      b"BIND(RAND() AS ?r)", b"OFFSET 9999999999999", b"GROUP BY", b"HAVING", b"VALUES", b"BASE <:>", b"PREFIX : <%>",
      b"VERSION '1.2'", b"GROUP_CONCAT(DISTINCT ?x; SEPARATOR='')")),
]  # fmt: skip
"""What is put into queries."""
WIDE: Final[list[Callable[[int], str]]] = [
    lambda n: "ASK { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    lambda n: "ASK { FILTER(" + "(" * n,
    lambda n: "SELECT * " + "{" * n + "}" * n,
    lambda n: "SELECT * " + "{ { SELECT * " * n,
    lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    lambda n: "ASK { FILTER(" + "STR(" * n + "1" + ")" * n + ") }",
    lambda n: "ASK { FILTER(1" + "+1" * n + " = 1) }",
    lambda n: "ASK { FILTER(?a" + "||?b" * n + ") }",
    lambda n: "SELECT * { {?s ?p 1}" + " UNION {?s ?p 1}" * n + "}",
    lambda n: "SELECT * { " + "FILTER EXISTS { ?s ?p 1 " * n + "}" * n + "}",
    lambda n: "ASK { ?s " + "(" * n + "<a:b>" + ")" * n + " ?o }",
    lambda n: "ASK { ?s <a:b>" + "|<a:b>" * n + " ?o }",
    lambda n: "SELECT * { " + " ".join(f"BIND(1 AS ?x{one})" for one in range(n)) + "}",
    lambda n: "SELECT * { VALUES ?x {" + " 1" * n + "} }",
    lambda n: "ASK { ?s ?p '" + "x" * n * 30 + "' }",
    lambda n: "ASK { ?s ?p '" + '\\"' * n + "\n }",
    lambda n: "ASK { ?s ?p <http://x/" + "%41" * n + "> }",
    lambda n: "ASK { ?s ?p '''" + "''\\'" * n,
    lambda n: "ASK { ?s ?p " + "a." * n + " RAND() INSERT SERVICE }",
    lambda n: "ASK { " + "SERVICE#" * n,
    lambda n: "ASK { " + "<'<\"" * n + "SERVICE <x> {",
    lambda n: " ".join(f"PREFIX p{one}: <http://x/>" for one in range(n)) + " ASK {}",
    lambda n: "SELECT " + " ".join(f"?x{one}" for one in range(n)) + " {}",
    lambda n: "SELECT * " + " ".join(f"FROM <http://x/{one}>" for one in range(n)) + " {}",
    lambda n: "ASK { ?s ?p " + "<<( ?a ?b " * n + "1" + ")>>" * n + " }",
    lambda n: "SELECT * { ?s ?p 1 " + "MINUS { ?s ?p 1 } " * n + "}",
]
"""Queries that are long, wide or deep: as often as one likes."""
HEADERS: Final = [
    (b"Accept", b"text/csv;q=0.1,*/*;q=0.2"),
    (b"Accept-Language", b"sr-Latn-RS,en;q=0.5"),
    (b"Content-Type", b"application/sparql-query; charset=utf-8"),
    (b"If-None-Match", b'W/"a", "b"'),
    (b"X-Forwarded-For", b"10.0.0.1, ::1"),
    (b"Access-Control-Request-Headers", b"x-y"),
    (b"Expect", b"100-continue"),
    (b"Transfer-Encoding", b"chunked"),
    (b"Content-Length", b"12"),
    (b"Connection", b"keep-alive, upgrade"),
    (b"Upgrade", b"h2c"),
    (b"Host", b"127.0.0.1"),
    (b"Range", b"bytes=0-1"),
]


def mutated(random: Random, content: bytes) -> bytes:
    """The content with a few changes: octets flipped, parts lost, doubled, moved, and pieces put in."""
    found = bytearray(content)
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(found) + 1)
        end = min(len(found), start + random.randint(0, 12))
        change = random.randrange(6)
        if change == 0 and start < len(found):
            found[start] ^= 1 << random.randrange(8)
        elif change == 1:
            del found[start:end]
        elif change == 2:
            found[start:start] = found[start:end] * random.randint(1, 50)
        elif change == 3:
            found[start:end] = random.choice(PIECES)
        elif change == 4:
            found[start:start] = random.choice(PIECES)
        else:
            del found[start:]
    return bytes(found)


def queries(random: Random, count: int) -> Iterator[bytes]:
    """Queries that once were right."""
    for _ in range(count):
        yield mutated(random, random.choice(QUERIES))


def wide_queries(random: Random, count: int) -> Iterator[bytes]:
    """Long, wide and deep ones, of up to a megabyte."""
    for number in range(count):
        size = 10 ** random.uniform(1, 4.5)
        query = WIDE[number % len(WIDE)](int(size)).encode()[: 1 << 20]
        yield query if random.random() < 0.7 else mutated(random, query)


def parameters(random: Random, count: int) -> Iterator[bytes]:
    """Query strings and bodies of forms."""
    names = [
        b"query",
        b"default-graph-uri",
        b"named-graph-uri",
        b"timeout",
        b"format",
        b"explain",
        b"lang",
        b"update",
        b"",
    ]
    for _ in range(count):
        pairs = [
            random.choice(names) + b"=" + quote_from_bytes(random.choice([*QUERIES, b"5", b"csv", b"urn:x"])).encode()
            for _ in range(random.randint(1, 4))
        ]
        yield mutated(random, b"&".join(pairs))


def framings(random: Random, count: int) -> Iterator[bytes]:
    """What goes over the wire: requests that once were right, several of them at once, and noise."""
    for _ in range(count):
        if random.random() < 0.1:
            yield random.randbytes(random.randint(1, 500)) + b"\r\n\r\n"
            continue
        requests = b"".join(_request(random) for _ in range(random.choice([1, 1, 1, 2, 3])))
        yield mutated(random, requests) if random.random() < 0.8 else requests


def _request(random: Random) -> bytes:
    body = random.choice(QUERIES)
    method = random.choice([b"GET", b"POST", b"HEAD", b"OPTIONS", b"QUERY", b"PUT", b"TRACE", b"CONNECT", b"PRI"])
    target = random.choice(
        [b"/sparql", b"/sparql?query=" + quote_from_bytes(body).encode(), b"*", b"/", b"//x/sparql", b"x:1"]
    )
    fields = [(b"Host", b"x"), *random.sample(HEADERS, random.randint(0, 4))]
    fields = [(name, mutated(random, value) if random.random() < 0.3 else value) for name, value in fields]
    if method in {b"POST", b"QUERY"}:
        fields += [(b"Content-Length", b"%d" % (len(body) + random.choice([0, 0, 0, -1, 1, 100])))]
        fields += [
            (b"Content-Type", random.choice([b"application/sparql-query", b"application/x-www-form-urlencoded"]))
        ]
    else:
        body = b""
    head = b"".join(b"%s: %s\r\n" % field for field in fields)
    return b"%s %s HTTP/1.%d\r\n%s\r\n%s" % (method, target, random.choice([1, 1, 0]), head, body)
