"""The policies that `prologue serve --dev` and `make demo` use when they are given none."""

from webhook.core.registry import text_beside
from webhook.manifest.reader import read_documents
from webhook.policy.compiler import compile_policy
from webhook.policy.policy import Policy

EXAMPLE_FILE = "example.yaml"


def example_policy(*, minor: int | None = None) -> Policy:
    """Compile the built-in example."""
    data = text_beside("webhook.policy", EXAMPLE_FILE).encode()
    return compile_policy(read_documents(data, file=EXAMPLE_FILE), minor=minor)
