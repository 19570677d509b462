"""The recipe wait-for: what it refuses, and its script at work against real servers."""

import signal
import socket
import time

import pytest

from tests.recipes.servers import LOOPBACK, Page, has_ipv6, port, site
from webhook.core.errors import OptionsError
from webhook.recipes.wait_for import Options, make


def with_prelude(made, prelude: str):
    """Stand in for programs by shell functions: the shell of busybox prefers its own applets to a PATH."""
    made["command"][2] = f"{prelude}\n{made['command'][2]}"
    return made


def container(*targets: str, timeout: str = "10s", interval: str = "100ms"):
    options = Options(targets=list(targets), timeout=timeout, interval=interval)
    return make("wait", options).containers[0]


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        pytest.param("mydb:5432", "must begin with one of dns://, tcp://, http://, https://", id="no scheme"),
        pytest.param("udp://mydb:53", "must begin with one of", id="unknown scheme"),
        pytest.param("TCP://mydb:53", "small letters", id="scheme in capitals"),
        pytest.param("tcp://mydb", "needs a port", id="tcp without port"),
        pytest.param("tcp://mydb:", "no port", id="tcp with empty port"),
        pytest.param("tcp://mydb:0", "no port", id="port zero"),
        pytest.param("tcp://mydb:65536", "no port", id="port too high"),
        pytest.param("tcp://mydb:5432a", "no port", id="port with a letter"),
        pytest.param("tcp://mydb:\uff15", "printable ASCII", id="port in other digits"),
        pytest.param("tcp://:5432", "names no host", id="no host"),
        pytest.param("http:///healthz", "names no host", id="url without host"),
        pytest.param("dns://", "names no host", id="dns without name"),
        pytest.param("dns:///mydb", "names no host", id="three slashes"),
        pytest.param("dns://mydb:53", "a name alone", id="dns with port"),
        pytest.param("dns://10.0.0.1", "a name alone", id="dns with an address"),
        pytest.param("dns://mydb/", "not even a slash", id="dns with path"),
        pytest.param("tcp://mydb:5432/shop", "not even a slash", id="tcp with path"),
        pytest.param("tcp://-e:80", "no host name", id="host like an option"),
        pytest.param("tcp://my db:80", "printable ASCII", id="space"),
        pytest.param("tcp://mydb:80\n", "printable ASCII", id="newline"),
        pytest.param("", "printable ASCII", id="empty"),
        pytest.param("tcp://my..db:80", "no host name", id="empty label"),
        pytest.param("tcp://256.1.1.1:80", "neither a host name nor an IPv4 address", id="wrong IPv4 address"),
        pytest.param("tcp://web]:80", "[IPv6]:port", id="stray bracket"),
        pytest.param("tcp://[::g]:80", "no IPv6 address", id="wrong IPv6 address"),
        pytest.param("tcp://::1:80", "no port", id="IPv6 address without brackets"),
        pytest.param("http://me:secret@web/", "no password", id="password"),
        pytest.param("http://" + "a" * 2048, "2048", id="endless"),
    ],
)
def test_a_target_that_cannot_be_is_refused_with_its_place(target, complaint):
    with pytest.raises(OptionsError) as caught:
        container("dns://mydb", target)

    assert complaint in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.field == "targets[1]"


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("tcp://10.0.0.1:1", id="IPv4"),
        pytest.param("tcp://[2001:db8::1]:65535", id="IPv6"),
        pytest.param("dns://my_db.shop.svc.cluster.local.", id="full name with underscore and last dot"),
        pytest.param("https://web/healthz?deep=$(yes)&x=%20#top", id="query, dollar, fragment"),
        pytest.param("http://web", id="no path"),
    ],
)
def test_a_target_reaches_the_script_as_it_was_written(kubelet, target):
    made = container(target)
    made["command"][2] = 'printf "%s" "$1"'

    assert kubelet.run(made).out == target


def test_nothing_to_wait_for_is_refused():
    with pytest.raises(OptionsError) as caught:
        container()

    assert caught.value.field == "targets"


@pytest.mark.parametrize("field", ["timeout", "interval"])
@pytest.mark.parametrize("text", ["", "120", "0s", "-1s", "2 m", "1d", "25000h", "s", "1..5s", "9" * 40 + "s"])
def test_a_duration_that_cannot_be_is_refused(field, text):
    with pytest.raises(OptionsError) as caught:
        container("dns://mydb", **{field: text})

    assert caught.value.field == field


def test_a_name_that_resolves_is_enough(kubelet):
    ran = kubelet.run(container("dns://localhost"))

    assert (ran.code, ran.termination_message) == (0, "")
    assert ran.out == "dns://localhost answers after 0s\n"


def test_a_name_that_does_not_resolve_ends_at_the_deadline(kubelet):
    ran = kubelet.run(container("dns://nosuch.invalid", timeout="1s"))

    assert ran.code == 1
    assert ran.termination_message.startswith("waited ")
    assert ran.termination_message.endswith("s for dns://nosuch.invalid: the name does not resolve\n")


def test_a_ping_that_may_not_be_sent_has_resolved_the_name(kubelet):
    prelude = 'timeout() { shift; "$@"; }\nping() { echo "ping: permission denied (are you root?)" >&2; return 1; }'

    ran = kubelet.run(with_prelude(container("dns://myservice"), prelude))

    assert ran.code == 0


def test_getent_is_asked_where_the_image_has_it(kubelet):
    kubelet.add_program("getent", 'echo "$@" >&2; [ "$2" = myservice ]')

    ran = kubelet.run(container("dns://myservice"))

    assert ran.code == 0
    assert ran.err == "ahosts myservice\n"


@pytest.mark.parametrize("host", [LOOPBACK, "localhost", *(["[::1]"] if has_ipv6() else [])])
def test_a_port_that_accepts_is_enough_even_if_nothing_is_said(kubelet, host):
    with port(family=socket.AF_INET6 if "[" in host else socket.AF_INET) as number:
        ran = kubelet.run(container(f"tcp://{host}:{number}"))

    assert ran.code == 0
    assert ran.seconds < 2


def test_an_ipv6_address_loses_its_brackets_on_the_way_to_nc(kubelet):
    made = with_prelude(container("tcp://[::1]:5432"), 'timeout() { echo "$@"; }')

    assert kubelet.run(made).out.splitlines()[0] == "5 nc -w 5 ::1 5432 -e true"


def test_nc_only_scans_where_it_can(kubelet):
    prelude = 'nc() { echo "nc [-z] [-e PROG]"; }\ntimeout() { echo "$@"; }'

    ran = kubelet.run(with_prelude(container("tcp://mydb:5432"), prelude))

    assert ran.out.startswith("5 nc -z -w 5 mydb 5432\n")


def test_a_port_that_opens_late_is_waited_for(kubelet):
    with port(opens_after=0.6) as number:
        ran = kubelet.run(container(f"tcp://127.0.0.1:{number}", timeout="10s"))

    lines = ran.out.splitlines()
    assert ran.code == 0
    assert 0.5 < ran.seconds < 5
    assert lines[0] == f"waiting for tcp://127.0.0.1:{number} (0s of 10s)"
    assert lines[-1].startswith(f"tcp://127.0.0.1:{number} answers after ")


def test_the_deadline_is_kept_and_told_where_kubectl_describe_shows_it(kubelet):
    with port(opens_after=None) as number:
        ran = kubelet.run(container(f"tcp://127.0.0.1:{number}", timeout="1s"))

    message = f"waited 1s for tcp://127.0.0.1:{number}: no connection is accepted\n"
    assert ran.code == 1
    assert 1.0 <= ran.seconds < 2.5
    assert ran.termination_message == message
    assert ran.err.endswith(message)


def test_an_answer_of_success_is_enough(kubelet):
    with site({"/healthz": Page(b"fine")}) as web:
        ran = kubelet.run(container(web.url("/healthz?deep=1")))

    assert ran.code == 0
    assert web.asked == ["/healthz?deep=1"]


def test_the_query_is_not_shown(kubelet):
    with site({"/healthz": Page(misses=1)}) as web:
        ran = kubelet.run(container(web.url("/healthz?token=secret")))

    assert ran.code == 0
    assert "/healthz" in ran.out
    assert "secret" not in ran.all_text


def test_an_answer_that_turns_good_is_waited_for(kubelet):
    with site({"/healthz": Page(b"fine", misses=2)}) as web:
        ran = kubelet.run(container(web.url("/healthz")))

    assert ran.code == 0
    assert len(web.asked) == 3
    assert "503" in ran.err


@pytest.mark.parametrize("page", [pytest.param(Page(status=404), id="404"), pytest.param(Page(delay=3), id="silence")])
def test_an_answer_that_is_no_success_ends_at_the_deadline(kubelet, page):
    with site({"/healthz": page}) as web:
        ran = kubelet.run(container(web.url("/healthz"), timeout="1s"))

    assert ran.code == 1
    assert ran.seconds < 3.5
    assert ran.termination_message.endswith("/healthz: there is no answer of success (2xx)\n")


def test_a_redirect_is_followed(kubelet):
    pages = {"/": Page(status=302, headers={"Location": "/healthz"}), "/healthz": Page(b"fine")}

    with site(pages) as web:
        ran = kubelet.run(container(web.url("/")))

    assert ran.code == 0


def test_https_answers_whoever_vouches_for_it(kubelet, tls):
    with site({"/healthz": Page(b"fine")}, tls=tls) as web:
        ran = kubelet.run(container(web.url("/healthz")))

    assert ran.code == 0, ran.all_text


def test_targets_are_waited_for_in_turn_within_one_deadline(kubelet):
    with port() as first, port(opens_after=None) as second, port() as third:
        targets = [f"tcp://127.0.0.1:{number}" for number in (first, second, third)]
        ran = kubelet.run(container(*targets, timeout="1s"))

    assert ran.code == 1
    assert ran.out.startswith(f"{targets[0]} answers after 0s\nwaiting for {targets[1]} ")
    assert targets[2] not in ran.all_text
    assert targets[1] in ran.termination_message


def test_all_targets_have_to_answer(kubelet):
    with port() as first, port(opens_after=0.3) as second:
        ran = kubelet.run(container(f"tcp://127.0.0.1:{first}", f"tcp://127.0.0.1:{second}", "dns://localhost"))

    assert ran.code == 0
    assert ran.out.count(" answers after ") == 3


def test_rests_grow_up_to_a_bound_and_end_with_the_deadline(kubelet, tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("1208")  # hundredths of seconds; no time passes but by resting, and nothing ever answers
    prelude = f"""
    read() {{ hundredths=$(cat {clock}); uptime=$((hundredths / 100)).$(printf %02d $((hundredths % 100))); }}
    sleep() {{ echo "rest $1"; echo $(($(cat {clock}) + ${{1%.*}}${{1#*.}} / 10)) >{clock}; }}
    timeout() {{ false; }}
    """

    ran = kubelet.run(with_prelude(container("tcp://mydb:5432", timeout="2m", interval="4s"), prelude))

    rests = [float(line.split()[1]) for line in ran.out.splitlines() if line.startswith("rest")]
    assert rests == [4, 6, 9, 13.5, 20, 20, 20, 20, 7.5]
    assert ran.termination_message == "waited 120s for tcp://mydb:5432: no connection is accepted\n"


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    "page", [pytest.param(Page(status=503), id="resting"), pytest.param(Page(delay=4), id="asking")]
)
def test_a_signal_ends_it_at_once(kubelet, page, signal_number):
    with site({"/": page}) as web:
        running = kubelet.start(container(web.url("/"), timeout="30s", interval="20s"))
        running.until(lambda: "waiting" in running.out() or (page.delay and web.asked))
        asked_to_stop = time.monotonic()
        running.process.send_signal(signal_number)
        ran = running.wait()

    assert ran.code == 128 + signal_number
    assert time.monotonic() - asked_to_stop < 1


def test_it_runs_without_a_termination_log(kubelet):
    made = container("dns://nosuch.invalid", timeout="1s")

    ran = kubelet.run(with_prelude(made, "PROLOGUE_TERMINATION_LOG=/nonexistent/log"))

    assert ran.code == 1
    assert "nonexistent" not in ran.all_text
    assert "the name does not resolve" in ran.err


def test_curl_asks_where_the_image_has_it(kubelet):
    kubelet.add_program("curl", 'echo "$@"')

    ran = kubelet.run(container("https://web/healthz"))

    assert ran.code == 0
    assert ran.out.startswith("-fsSLgk -o /dev/null https://web/healthz\n")
