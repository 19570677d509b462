import inspect

import pytest

from certs import errors


@pytest.mark.parametrize(
    "error", [pytest.param(error, id=name) for name, error in inspect.getmembers(errors, inspect.isclass)]
)
def test_every_error_has_the_one_root(error):
    assert issubclass(error, errors.CertsError)
