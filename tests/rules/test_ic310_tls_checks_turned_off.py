import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic310_tls_checks_turned_off import check


def shell(text):
    return container("fetch", command=["sh", "-c", text])


FIRES = [
    pytest.param(container("fetch", command=["curl", "-fsSk", "-o", "/d/x", "https://h/x"]), "curl -k", id="curl -k"),
    pytest.param(shell("curl --insecure https://h/install.sh | sh"), "curl --insecure", id="run at once"),
    pytest.param(shell('X=$(curl -sk https://h/token); echo "$X"'), "curl -k", id="in a substitution"),
    pytest.param(shell("until curl -sk -u me:pw https://es:9200; do sleep 2; done"), "curl -k", id="gives a password"),
    pytest.param(shell('curl -k -H "Authorization: Bearer $T" -o /dev/null https://h'), "curl -k", id="gives a token"),
    pytest.param(shell("wget --no-check-certificate -O /d/x https://h/x"), "--no-check-certificate", id="wget"),
    pytest.param(shell("git -c http.sslVerify=false clone https://h/r /d"), "http.sslVerify=false", id="git -c"),
    pytest.param(
        shell("git config --global http.sslVerify false; git clone https://h/r"), "sslVerify", id="git config"
    ),
    pytest.param(shell("GIT_SSL_NO_VERIFY=true git clone https://h/r"), "GIT_SSL_NO_VERIFY", id="git's variable"),
    pytest.param(shell("export NODE_TLS_REJECT_UNAUTHORIZED=0; node seed.js"), "NODE_TLS", id="exported"),
    pytest.param(
        shell("pip install --trusted-host pypi.corp -i https://pypi.corp/simple x"), "--trusted-host", id="pip"
    ),
    pytest.param(shell("python3 -m pip install --trusted-host=pypi.corp x"), "--trusted-host", id="pip as a module"),
    pytest.param(shell("kubectl --insecure-skip-tls-verify get pods"), "kubectl", id="kubectl"),
    pytest.param(shell("helm repo add x https://h --insecure-skip-tls-verify=true"), "helm", id="helm"),
    pytest.param(shell("env PYTHONHTTPSVERIFY=0 python x.py"), "PYTHONHTTPSVERIFY", id="env"),
    pytest.param(shell("vault read -tls-skip-verify kv/x"), "vault -tls-skip-verify", id="vault"),
    pytest.param(shell("if (curl -kO https://h/x); then :; fi"), "curl -k", id="kept in a condition"),
    pytest.param(shell("npm config set strict-ssl false && npm ci"), "strict-ssl false", id="npm"),
    pytest.param(shell("if true; then timeout 9 curl -kO https://h/x; fi"), "curl -k", id="deep inside"),
]


@pytest.mark.parametrize(("init", "what"), FIRES)
def test_whoever_believes_anybody_is_found(init, what):
    [finding] = check(view(pod(init=[init])))

    assert "spec.initContainers[0].command" == finding.path
    assert what in finding.message.partition(" turns ")[0]


NEAR_MISSES = [
    pytest.param(shell("curl -fsS --cacert /ca/ca.crt -o /d/x https://h/x"), id="its authority named"),
    pytest.param(shell("curl -fsSo /d/kafka.tgz -ubackup:pk https://h/kafka"), id="a k elsewhere"),
    pytest.param(shell("curl -okafka.tgz https://h/kafka.tgz -Hkey:k"), id="a k in a value"),
    pytest.param(shell("curl -sk https://localhost:8443/x -o /d/x"), id="the Pod itself"),
    pytest.param(shell("until curl -sk https://es:9200; do sleep 2; done"), id="only asks whether it is there"),
    pytest.param(shell("curl -fsSLgk -o /dev/null https://h/ready"), id="keeps nothing"),
    pytest.param(shell("while ! curl -ks https://h || ! curl -ks https://i; do sleep 1; done"), id="asks two"),
    pytest.param(shell('env A="$B" C=$D NODE_TLS_REJECT_UNAUTHORIZED=$X node x.js'), id="a variable decides"),
    pytest.param(shell('NODE_TLS_REJECT_UNAUTHORIZED="$X" node x.js'), id="a variable decides for one"),
    pytest.param(shell("curl -k https://h/ready > /dev/null 2>&1 || exit 1"), id="throws the answer away"),
    pytest.param(shell("wget -q --spider --no-check-certificate https://h"), id="wget keeps nothing"),
    pytest.param(shell("curl -k -o /d/x http://h/x"), id="no TLS there"),
    pytest.param(shell("kubectl --insecure-skip-tls-verify=false get pods"), id="switched on"),
    pytest.param(shell("git config http.sslVerify true; npm config set strict-ssl true"), id="kept on"),
    pytest.param(shell("NODE_TLS_REJECT_UNAUTHORIZED=1 node x.js"), id="kept on by a variable"),
    pytest.param(shell("echo 'never use curl -k https://h'"), id="only says so"),
    pytest.param(shell("openssl s_client -connect h:443"), id="looks at a certificate"),
    pytest.param(shell("tar -xkf a.tar; sort -k 2 x; grep --insecure curl"), id="other programs"),
    pytest.param(shell("pip install --trusted-host h -i http://h/simple x"), id="an index without TLS"),
    pytest.param(shell("# curl -k https://h\necho"), id="a comment"),
    pytest.param(shell("curl -k 'https://h"), id="cannot be read"),
    pytest.param(container("fetch", args=["-k", "https://h"]), id="the image decides"),
]


@pytest.mark.parametrize("init", NEAR_MISSES)
def test_whoever_checks_or_risks_nothing_is_fine(init):
    assert [] == list(check(view(pod(init=[init]))))


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        pytest.param("NODE_TLS_REJECT_UNAUTHORIZED", "0", 1, id="node"),
        pytest.param("PYTHONHTTPSVERIFY", "0", 1, id="python"),
        pytest.param("GIT_SSL_NO_VERIFY", "1", 1, id="git"),
        pytest.param("NPM_CONFIG_STRICT_SSL", "false", 1, id="npm"),
        pytest.param("NODE_TLS_REJECT_UNAUTHORIZED", "1", 0, id="node kept on"),
        pytest.param("NODE_TLS_REJECT_UNAUTHORIZED", None, 0, id="null"),
        pytest.param("TLS_VERIFY", "0", 0, id="anybody's own variable"),
    ],
)
def test_variables_that_programs_look_at_are_judged_in_every_container(name, value, count):
    env = [None, {"name": name, "value": value}]
    manifest = pod(container(env=env), init=[sidecar(env=env)])

    paths = [finding.path for finding in check(view(manifest))]

    assert ["spec.containers[0].env[1]", "spec.initContainers[0].env[1]"][: 2 * count] == paths


def test_no_value_stands_in_the_message():
    manifest = pod(init=[shell("curl -k -u admin:s3cr3t https://h/x -o /d/x")])

    [finding] = check(view(manifest))

    assert "s3cr3t" not in finding.message
