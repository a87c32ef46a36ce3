"""What a server says of its releases is held against the release, whatever it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.backends import Backend
from tests.pushed import put
from tests.relay import Relay, relaying
from tests.wikidata import GARBAGE, HTML_PAGE, NOTHING, Reply

from mreze.errors import ReleaseError
from mreze.release import open_release
from mreze.remote.endpoint import Given
from mreze.serve.backend.holding import Pointer, open_backend, require
from mreze.serve.backend.names import read_names
from mreze.shelf import Shelf

RESULTS = {"Content-Type": "application/sparql-results+json"}
OTHER = '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"x"}}]}}'
MANY = OTHER.replace('"x":{', '"n":{"type":"literal","value":"many"},"g":{')
LIES = {
    "nothing": NOTHING,
    "a page": HTML_PAGE,
    "garbage": GARBAGE,
    "an error": Reply(500, "out of memory"),
    "a denial": Reply(401, "who are you?"),
    "other rows": Reply(body=OTHER, headers=RESULTS),
    "a word for a number": Reply(body=MANY, headers=RESULTS),
    "no rows": Reply(body='{"head":{"vars":["x"]},"results":{"bindings":[]}}', headers=RESULTS),
    "half of the rows": Reply(body=OTHER, headers=RESULTS, manner="half"),
    "yes": Reply(body='{"head":{},"boolean":true}', headers=RESULTS),
}
_QUESTIONS = 4
"""What is served, which releases there are, how large they are said to be, how much is counted."""


@pytest.fixture(scope="module")
def liar(backend: Backend, minimal_release: Path) -> Iterator[Relay]:
    """What stands before a server that has the release."""
    put(backend.given, minimal_release)
    with relaying(backend.given.address) as found:
        yield found


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_is_an_error_wherever_it_is_told(liar: Relay, minimal_release: Path, lie: Reply) -> None:
    """In the place of each answer: the error names the server, and the truth is believed again."""
    release = open_release(minimal_release)
    asked = open_backend(Given(liar.address), 10)
    require(asked, release, read_names(release))  # now it is known what kind of server it is
    for number in range(_QUESTIONS):
        if lie is LIES["no rows"] and number in {0, 2}:
            continue  # that none is served, and what others hold, is no reason not to serve this one
        liar.troubles = {len(liar.bodies) + number: lie}
        with pytest.raises(ReleaseError, match="http://127"):
            require(asked, release, read_names(release))
    liar.troubles = {}
    require(asked, release, read_names(release))


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_pointer_that_is_none_is_an_error(liar: Relay, minimal_release: Path, lie: Reply) -> None:
    """So the release that is served stays so."""
    pointer = Pointer(open_backend(Given(liar.address), 10), Shelf(minimal_release.parent))
    assert pointer.current() == minimal_release.name
    liar.troubles = {len(liar.bodies): lie}
    with pytest.raises(ReleaseError, match="http://127"):
        pointer.current()
    liar.troubles = {}
    assert pointer.current() == minimal_release.name
