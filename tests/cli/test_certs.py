"""`prologue certs`: a pair that can serve, and what is wrong with one that cannot."""

import pytest

FILES = ["ca.crt", "ca.key", "tls.crt", "tls.key"]


def test_a_pair_is_issued_with_its_authority_and_found_good(run, tmp_path):
    issued = run("certs", "issue", "localhost", "127.0.0.1", "--dir", "out")
    shown = run("certs", "show", "out/tls.crt", "--key", "out/tls.key", "--ca", "out/ca.crt", "--name", "localhost")

    assert (0, "") == (issued.code, issued.out)
    assert FILES == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert all(f"wrote out/{name}" in issued.err for name in FILES)
    assert 0 == shown.code
    assert shown.out.endswith("no problem found\n")
    assert "localhost, 127.0.0.1" in shown.out


def test_a_service_is_reached_by_all_the_names_that_a_cluster_dials(run):
    run("certs", "issue", "--service", "prologue.prologue-system", "--dir", "out")

    ran = run("certs", "show", "out/tls.crt", "--name", "prologue.prologue-system.svc")

    assert 0 == ran.code


def test_files_that_are_there_are_kept_unless_forced(run, tmp_path):
    run("certs", "issue", "localhost", "--dir", "out")
    before = (tmp_path / "out/tls.crt").read_bytes()

    again = run("certs", "issue", "localhost", "--dir", "out")
    kept = (tmp_path / "out/tls.crt").read_bytes()
    forced = run("certs", "issue", "localhost", "--dir", "out", "--force")

    assert (2, before) == (again.code, kept)
    assert "out" in again.err
    assert 0 == forced.code
    assert before != (tmp_path / "out/tls.crt").read_bytes()


def test_an_authority_that_is_there_signs_and_its_key_stays_where_it_is(run, tmp_path):
    run("certs", "issue", "one.example", "--dir", "first")

    ran = run("certs", "issue", "two.example", "--ca", "first", "--dir", "second")
    shown = run("certs", "show", "second/tls.crt", "--ca", "first/ca.crt", "--name", "two.example")

    assert (0, 0) == (ran.code, shown.code)
    assert not (tmp_path / "second/ca.key").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        pytest.param(["--key", "b/tls.key"], "key", id="the key of another"),
        pytest.param(["--ca", "b/ca.crt"], "authorities", id="the authority of another"),
        pytest.param(["--name", "other.example"], "other.example", id="another name"),
        pytest.param(["--in-days", "91"], "expire", id="too late"),
    ],
)
def test_a_certificate_that_will_not_do_is_a_finding(run, options, says):
    run("certs", "issue", "localhost", "--dir", "a")
    run("certs", "issue", "localhost", "--dir", "b")

    ran = run("certs", "show", "a/tls.crt", *options)

    assert 1 == ran.code
    problems = [line for line in ran.out.splitlines() if line.startswith("problem: ")]
    assert any(says in line for line in problems), ran.out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        pytest.param(["issue"], "give at least one name, or --service NAME.NAMESPACE", id="no name"),
        pytest.param(["issue", "--service", "prologue"], "--service takes NAME.NAMESPACE", id="half a service"),
        pytest.param(["issue", "--service", "a.b.c"], "--service takes NAME.NAMESPACE", id="too much of a service"),
        pytest.param(["issue", "bad name"], "bad name", id="a name that is none"),
        pytest.param(["issue", "localhost", "--ca", "gone"], "gone", id="no authority there"),
        pytest.param(["issue", "localhost", "--days", "0"], "--days", id="no day"),
        pytest.param(["show", "gone.crt"], "gone.crt", id="no such certificate"),
        pytest.param(["show", "notes.txt"], "notes.txt", id="no certificate in it"),
        pytest.param(["show"], "FILE", id="no file named"),
        pytest.param(["show", "notes.txt", "--in-days", "99999999999"], "--in-days", id="a day beyond time"),
    ],
)
def test_misuse_says_what_is_missing(run, file, argv, says):
    file("notes.txt", "no certificate")

    ran = run("certs", *argv)

    assert (2, "") == (ran.code, ran.out)
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_a_key_file_that_holds_no_key_is_named(run, file):
    run("certs", "issue", "localhost", "--dir", "a")

    ran = run("certs", "show", "a/tls.crt", "--key", file("notes.txt", "no key"))

    assert ran.code in (1, 2)
    assert "key" in ran.out + ran.err
