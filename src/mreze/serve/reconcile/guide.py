"""The page that tells people how to match their tables with ours."""

from __future__ import annotations

from mreze.matching.scoring import CERTAIN, GAP, LEAST, WEIGHT
from mreze.serve.exchange import Request, Response
from mreze.serve.pages import Reader, interface_text
from mreze.serve.reconcile.limits import BATCH, BODY, CANDIDATES, CELLS, PAGED, TEXT, VALUES
from mreze.serve.service import Service


def guide(service: Service, request: Request, _: str) -> Response:
    """The page, with addresses of this server to copy."""
    reader = service.pages.reader(request)
    address = request.location + "reconcile"
    return service.pages.page(
        "reconcile.html",
        reader,
        address=address,
        draft=f"{address}/1.0/",
        localized=f"{address}?lang={reader.language}",
        rule=rule(reader),
        certain=f"{CERTAIN:g}",
        gap=f"{GAP:g}",
        least=f"{LEAST:g}",
        weight=f"{WEIGHT:g}",
        limits=_limits(reader),
    )


def rule(reader: Reader) -> list[tuple[str, str]]:
    """How names are scored, as matching/scoring.py does it; a test compares the two tables."""
    return [
        (
            interface_text(reader, "the same name, whatever the case, the script, the diacritics, the punctuation"),
            "100",
        ),
        (interface_text(reader, "the same in another spelling (Shabac, Šabac)"), "96"),
        (interface_text(reader, "perhaps the same in another spelling (Shabac, Sabac)"), "89"),
        (interface_text(reader, "the same but for words that say the sort, on one side (Grad Šid, Šid)"), "94"),
        (interface_text(reader, "the same with such words on both sides (City of Šid, Opština Šid)"), "88"),
        (interface_text(reader, "the same words in another order: the share of letters that agrees"), "95 × n"),
        (interface_text(reader, "other letters, the same digits: the share that agrees"), "95 × n"),
        (interface_text(reader, "the words of one among those of the other: the share that they are"), "55 + 35 × n"),
        (interface_text(reader, "the initials of the name"), "85"),
        (interface_text(reader, "the beginning of the name, while it is typed"), "80 + 15 × n"),
        (interface_text(reader, "the beginning of one of its words, while it is typed"), "70 + 15 × n"),
        (interface_text(reader, "the beginning with wrong letters, while it is typed"), "80 × n"),
    ]


def _limits(reader: Reader) -> list[tuple[str, str]]:
    return [
        (interface_text(reader, "queries of a batch"), f"{BATCH:,}"),
        (interface_text(reader, "characters of a name or value"), f"{TEXT:,}"),
        (interface_text(reader, "conditions of a query, values of a condition"), f"{VALUES:,}"),
        (interface_text(reader, "candidates of a query"), f"{CANDIDATES:,}"),
        (interface_text(reader, "things that are suggested, page by page"), f"{PAGED:,}"),
        (interface_text(reader, "things times properties that are fetched"), f"{CELLS:,}"),
        (interface_text(reader, "bytes of a request"), f"{BODY:,}"),
    ]
