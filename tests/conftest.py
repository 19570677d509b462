"""What every test may ask for: a real API server and a busybox, found or built once; and what every test leaves behind."""

import pytest

from webhook.policy.catalogue import rules

pytest_plugins = ["tests.cluster.plugin"]


@pytest.fixture(autouse=True)
def _catalogue_as_it_was():
    """Put the rules back in their order after a test that exchanged some: a dict remembers who came last."""
    before = dict(rules())
    yield
    if list(rules().items()) != list(before.items()):
        rules().clear()
        rules().update(before)
