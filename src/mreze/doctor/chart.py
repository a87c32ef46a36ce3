"""What is found while a site is looked at, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from mreze.doctor.visit import ANYTHING, Visit, Visitor, is_refused
from mreze.findings import Finding
from mreze.queries import Severity
from mreze.texts import Text, text

_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Chart:
    """A site that is looked at, and all findings so far."""

    address: str
    """Where the world sees it; ends with a slash."""
    visitor: Visitor
    findings: list[Finding] = field(default_factory=list)

    def note(self, check: str, focus: str, message: Text, remedy: Text | None = None, *,
             severity: Severity = "violation", value: str | None = None) -> None:  # fmt: skip
        """Add a finding."""
        shown = None if value is None else value[:_SHOWN]
        found = Finding(severity, check, message, remedy or {}, focus=focus, value=shown)
        if found not in self.findings:
            self.findings.append(found)

    def at(self, path: str) -> str:
        """The address of a path."""
        return self.address + path

    def holds(self, url: str) -> bool:
        """Whether an address is one of the site."""
        return url.startswith(self.address) or f"{url}/" == self.address

    def fetch(self, url: str, accept: str = ANYTHING) -> Visit | None:
        """GET what must be there; None, and a finding, where it is not."""
        return self.expect(self.visitor.get(url, accept))

    def expect(self, visit: Visit) -> Visit | None:
        """The visit, if it was answered whole; None, and a finding, where not."""
        if is_refused(visit):
            return None
        if 300 <= visit.status < 400:
            target = visit.headers.get("location", "")
            self.note("redirect", visit.url, text("It redirects: harvesters do not follow."),
                      text("Let the proxy answer at this address itself."), value=target)  # fmt: skip
        elif visit.status not in {0, 200}:
            self.note("answer", visit.url, text("{method} is answered {status} in place of {expected}.",
                      method=visit.method, status=visit.status, expected=200))  # fmt: skip
        elif visit.problem:
            self.note("answer", visit.url, text("{method} is not answered whole.", method=visit.method),
                      text("Look at the server, at the address and at the proxy before it."),
                      value=visit.problem)  # fmt: skip
        return visit if visit.is_whole else None

    def expect_type(self, visit: Visit, expected: str) -> bool:
        """Whether an answer has the media type, or a finding that it has not."""
        if visit.media_type == expected:
            return True
        self.note("media-type", visit.url, text("It is sent as another media type than {expected}.", expected=expected),
                  text("Let the proxy hand the server's header fields on as they are."),
                  value=visit.headers.get("content-type", ""))  # fmt: skip
        return False

    def expect_here(self, url: str, source: str) -> bool:
        """Whether an address that the site names is one of its own, or a finding that it is not."""
        if self.holds(url):
            return True
        self.note("location", source, text("It names an address that is not one of {address}.", address=self.address),
                  text("Tell the server where the world sees it: --public-url. Ask the doctor by that address."),
                  value=url)  # fmt: skip
        return False
