import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic327_several_tasks_in_one_init_container import check


def shell(text, make=container):
    return pod(init=[make("prepare", command=["sh", "-ec", text])])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("git clone https://x/y /w; cp /w/a /etc/a; chown -R 1000 /w", id="fetch, copy, owner"),
        pytest.param(
            "apk add curl\ncurl -o /x https://x/y\nsysctl -w vm.max_map_count=262144", id="packages, fetch, kernel"
        ),
        pytest.param("until nc -z db 5432; do sleep 1; done; psql -f /a.sql; cp /a /b", id="wait, database, copy"),
        pytest.param(
            "openssl req -x509 -out /c; kubectl create secret tls x; mv /c /d", id="certificate, cluster, copy"
        ),
        pytest.param(
            "iptables -A OUTPUT; wget x.example/y.z; [ -f /x ] && redis-cli ping", id="firewall, fetch, database"
        ),
    ],
)
def test_three_kinds_of_work_are_reported(text):
    [finding] = check(view(shell(text)))

    assert "spec.initContainers[0].command" == finding.path
    assert finding.message.count(",") >= 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("cp /a /b; cp /c /d; mv /e /f; chown 1 /b", id="two kinds, many times"),
        pytest.param(
            "curl -o /a.tgz https://x/a && tar xf /a.tgz -C /w && chmod -R 755 /w && mv /w/a /w/b", id="one errand"
        ),
        pytest.param(
            "mkdir -p /w; touch /w/x; echo 1; ls; chmod 1 /w; ln -s /a /b; sed -i s/a/b/ /w/x", id="small things"
        ),
        pytest.param("echo curl; printf psql; true kubectl; cp /a /b", id="only named"),
        pytest.param("for f in /a/*; do sleep 1; cp $f /b; done; chown 1 /b", id="a loop that is no wait"),
        pytest.param("if then cp a b; curl x; chown 1 x", id="cannot be read"),
    ],
)
def test_one_errand_with_all_that_belongs_to_it_is_fine(text):
    assert [] == list(check(view(shell(text))))


def test_sidecars_may_have_many_duties():
    assert [] == list(check(view(shell("git pull; cp /a /b; chown 1 /b", sidecar))))
