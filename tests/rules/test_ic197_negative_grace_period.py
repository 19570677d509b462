import pytest

from tests.builders import pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic197_negative_grace_period import check


@pytest.mark.parametrize(("seconds", "warned"), [(-1, True), (0, False), (30, False), (None, False)])
def test_a_template_below_zero_is_warned_about(seconds, warned):
    path = "spec.jobTemplate.spec.template.spec"
    template = Pod(template_of(pod(terminationGracePeriodSeconds=seconds)), path=path, kind="CronJob")

    expected = [f"{path}.terminationGracePeriodSeconds"] if warned else []

    assert expected == [finding.path for finding in check(template)]


def test_in_a_pod_the_api_server_has_made_it_one_second():
    assert [] == list(check(view(pod(terminationGracePeriodSeconds=-1))))
