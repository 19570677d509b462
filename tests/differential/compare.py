"""What the live API server says of a manifest, and what we say, side by side."""

from collections import Counter
from dataclasses import dataclass

from tests.builders import review
from tests.cluster.api_server import Answer, ApiServer
from webhook.admission.decide import decide
from webhook.core.pod import Raw
from webhook.policy.policy import Policy

Multiset = Counter[tuple[str, str]]
BAD_REQUEST, UNPROCESSABLE = 400, 422


@dataclass(frozen=True, slots=True)
class Comparison:
    """One manifest's two verdicts, as multisets of type and path; warnings are paths, counted where it is accepted."""

    manifest: Raw
    server: Multiset
    ours: Multiset
    codes: frozenset[str]

    @property
    def agrees(self) -> bool:
        """Whether the two are the same."""
        return self.server == self.ours

    @property
    def is_valid(self) -> bool:
        """Whether the API server takes it."""
        return not any(kind != "Warning" for kind, _ in self.server)


def compare(manifest: Raw, server: ApiServer, policy: Policy, namespace: str = "default") -> Comparison:
    """Ask both."""
    answer = server.dry_run(manifest, namespace=namespace)
    findings = [one for one in decide(review(manifest), policy).findings if one.code.startswith("IC1")]
    theirs = _verdict(answer)
    refused = any(kind != "Warning" for kind, _ in theirs)
    ours = Counter((str(one.type), one.path) for one in findings if str(one.type) != "Warning")
    if not refused:
        # Equal texts come once, so that the number of warnings at one path says nothing.
        ours |= Counter({("Warning", one.path) for one in findings if str(one.type) == "Warning"})
    if any(kind == "Undecodable" for kind, _ in ours):
        ours = Counter({("Undecodable", ""): 1})
    return Comparison(manifest, theirs, ours, frozenset(one.code for one in findings))


def _verdict(answer: Answer) -> Multiset:
    if answer.status == BAD_REQUEST:
        return Counter({("Undecodable", ""): 1})
    if answer.status == UNPROCESSABLE:
        return Counter(answer.causes)
    assert answer.status in (200, 201), (answer.status, answer.body)
    return Counter({("Warning", _path(warning)) for warning in answer.warnings})


def _path(warning: str) -> str:
    """Give the path at the head of a warning as it comes over the wire: `299 - "path: text"`."""
    return warning.removeprefix('299 - "').partition(": ")[0]
