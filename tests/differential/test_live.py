"""Our verdict and a live API server's, on manifests that nobody has seen."""

import os

import pytest

from tests.cluster.api_server import ApiServer
from tests.differential.run import comparisons, difference

COUNT = int(os.environ.get("DIFFERENTIAL", "300"))
SEED = int(os.environ.get("SEED", "20261122"))

pytestmark = pytest.mark.e2e


def test_errors_and_warnings_are_those_of_the_live_api_server(api_server: ApiServer):
    different = [one for one in comparisons(api_server, COUNT, SEED) if not one.agrees]

    assert [] == different, difference(different[0])
