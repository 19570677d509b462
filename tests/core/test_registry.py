import pytest

import webhook.recipes
import webhook.rules
from webhook.core.registry import constants_below, modules_below, text_beside
from webhook.core.rule import Rule


def test_every_module_below_a_package_is_found_in_the_order_of_names():
    names = [module.__name__ for module in modules_below(webhook.rules)]

    assert sorted(names) == names
    assert "webhook.rules.kubernetes.ic101_malformed_container_name" in names


def test_only_constants_of_the_asked_kind_count():
    assert [] == constants_below(webhook.recipes, "RECIPE", Rule)


def test_a_file_that_is_not_beside_is_an_error():
    with pytest.raises(OSError, match="nothing"):
        text_beside("webhook.recipes", "nothing.sh")
