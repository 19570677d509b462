"""The recipe fetch-file: what it refuses, and its script at work against real servers and archives."""

import base64
import hashlib
import io
import signal
import stat
import tarfile
import time
import zipfile

import pytest

from tests.recipes.servers import Page, site
from webhook.core.errors import OptionsError
from webhook.recipes.fetch_file import Options, make

TEXT = b"<p>hello</p>\n"
FILES = {"index.html": TEXT, "data/two words.txt": b"two\n", "data/.hidden": b"h", "data/deep/er/$x`y`.txt": b"deep"}


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def container(url: str = "http://web/index.html", **options):
    return make(
        "fetch", Options(url=url, mountPath="/data", **({"timeout": "10s", "retries": 0} | options))
    ).containers[0]


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def member(name: str, body: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "", mode: int = 0o600):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname, info.mode = len(body), kind, link, mode
    return info, io.BytesIO(body)


def tar_of(*members, compression: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{compression}") as archive:
        for info, body in members:
            archive.addfile(info, body)
    return out.getvalue()


def files_tar(compression: str = "") -> bytes:
    return tar_of(*(member(name, body) for name, body in FILES.items()), compression=compression)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        pytest.param({"url": "ftp://web/x"}, "url", id="unknown scheme"),
        pytest.param({"url": "http://web/x\ny"}, "url", id="newline in the url"),
        pytest.param({"url": "http://web:99999/x"}, "url", id="port too high"),
        pytest.param({"url": "http:///x"}, "url", id="no host"),
        pytest.param({"url": "http://web/ü"}, "url", id="url beyond ASCII"),
        pytest.param({"url": "http://web/"}, "path", id="no file name in the url"),
        pytest.param({"url": "http://web"}, "path", id="no path in the url"),
        pytest.param({"url": "http://web/.."}, "path", id="dots for a file name"),
        pytest.param({"url": "http://web/a%2Fb"}, "path", id="encoded file name"),
        pytest.param({"url": "https://web/x"}, "sha256", id="https by busybox without checksum"),
        pytest.param(
            {"url": "https://web/x", "image": "registry.example:5000/a/busybox@sha256:00"},
            "sha256",
            id="busybox from elsewhere",
        ),
        pytest.param({"sha256": "abc"}, "sha256", id="short checksum"),
        pytest.param({"sha256": "g" * 64}, "sha256", id="checksum of other letters"),
        pytest.param({"sha256": "a" * 64 + "\n"}, "sha256", id="checksum with newline"),
        pytest.param({"path": "/etc/passwd"}, "path", id="absolute path"),
        pytest.param({"path": "a/../../b"}, "path", id="path that climbs"),
        pytest.param({"path": "a//b"}, "path", id="empty part"),
        pytest.param({"path": "a/"}, "path", id="slash at the end"),
        pytest.param({"path": "./a"}, "path", id="dot"),
        pytest.param({"path": "a\nb"}, "path", id="newline in the path"),
        pytest.param({"path": "a" * 256}, "path", id="endless name"),
        pytest.param({"mountPath": "data"}, "mountPath", id="relative mount path"),
        pytest.param({"mountPath": "/"}, "mountPath", id="root as mount path"),
        pytest.param({"mountPath": "/a/../b"}, "mountPath", id="mount path that climbs"),
        pytest.param({"mountPath": "/a:b"}, "mountPath", id="colon in the mount path"),
        pytest.param({"mountPath": ""}, "mountPath", id="empty mount path"),
        pytest.param({"volumeName": "Data"}, "volumeName", id="volume name in capitals"),
        pytest.param({"existingVolume": "a.b"}, "existingVolume", id="volume name with a dot"),
        pytest.param({"existingVolume": "a", "volumeName": "b"}, "existingVolume", id="two volumes"),
        pytest.param({"sizeLimit": "big"}, "sizeLimit", id="size that is none"),
        pytest.param({"sizeLimit": "0"}, "sizeLimit", id="size zero"),
        pytest.param({"timeout": "soon"}, "timeout", id="timeout that is none"),
        pytest.param({"retries": -1}, "retries", id="negative retries"),
        pytest.param({"retries": 101}, "retries", id="endless retries"),
        pytest.param({"mode": "rw-r--r--"}, "mode", id="mode in letters"),
        pytest.param({"mode": "0999"}, "mode", id="mode that is not octal"),
        pytest.param({"mode": 644}, "mode", id="mode written as a decimal number"),
        pytest.param({"mode": -1}, "mode", id="negative mode"),
    ],
)
def test_an_option_that_cannot_be_is_refused_by_its_name(options, field):
    with pytest.raises(OptionsError) as caught:
        make("fetch", Options(**({"url": "http://web/index.html", "mountPath": "/data"} | options)))

    assert caught.value.field == field


def test_a_long_container_name_asks_for_a_volume_name():
    options = Options(url="http://web/x", mountPath="/data")

    with pytest.raises(OptionsError) as caught:
        make("a" * 63, options)

    assert caught.value.field == "volumeName"


def test_a_volume_of_the_pod_is_filled_without_touching_the_app_containers():
    options = Options(url="http://web/x", mountPath="/data", existingVolume="workdir")

    addition = make("fetch", options)

    assert addition.containers[0]["volumeMounts"] == [{"name": "workdir", "mountPath": "/data"}]
    assert (addition.volumes, addition.app_volume_mounts) == ((), ())


def test_the_app_containers_may_write_if_they_shall():
    options = Options(url="http://web/x", mountPath="/data", volumeName="stuff", readOnly=False)

    addition = make("fetch", options)

    assert addition.volumes == ({"name": "stuff", "emptyDir": {"sizeLimit": "1Gi"}},)
    assert addition.app_volume_mounts == ({"name": "stuff", "mountPath": "/data"},)


def test_a_file_is_fetched_under_its_own_name(kubelet):
    with site({"/a/index.html": Page(TEXT)}) as web:
        ran = kubelet.run(container(web.url("/a/index.html?v=1#top")))

    assert (ran.code, ran.err, ran.termination_message) == (0, "", "")
    assert kubelet.files() == {"index.html": TEXT}
    assert stat.S_IMODE((kubelet.volume / "index.html").stat().st_mode) == 0o644
    assert "with wget" in ran.out


@pytest.mark.parametrize(("mode", "expected"), [("0600", 0o600), ("755", 0o755), (0o640, 0o640)])
def test_a_file_gets_the_path_and_the_mode_that_were_asked(kubelet, mode, expected):
    path = "web/$HOME $(PROLOGUE_URL) `x` 'y' \"z\"%s\\n/-f"

    with site({"/x": Page(TEXT)}) as web:
        ran = kubelet.run(container(web.url("/x"), path=path, mode=mode))

    assert ran.code == 0, ran.all_text
    assert kubelet.files() == {path: TEXT}
    assert stat.S_IMODE((kubelet.volume / path).stat().st_mode) == expected


def test_a_right_checksum_in_capitals_passes(kubelet):
    with site({"/x": Page(TEXT)}) as web:
        ran = kubelet.run(container(web.url("/x"), sha256=sha256(TEXT).upper()))

    assert ran.code == 0
    assert kubelet.files() == {"x": TEXT}


def test_a_wrong_checksum_leaves_no_file(kubelet):
    with site({"/x": Page(TEXT)}) as web:
        ran = kubelet.run(container(web.url("/x"), sha256="0" * 64))

    assert ran.code == 1
    assert kubelet.files() == {}
    assert f"its sha256 is {sha256(TEXT)}, not {'0' * 64}" in ran.termination_message


def test_a_wrong_checksum_leaves_the_file_that_was_there(kubelet):
    (kubelet.volume / "x").write_bytes(b"old")

    with site({"/x": Page(TEXT)}) as web:
        ran = kubelet.run(container(web.url("/x"), sha256="0" * 64))

    assert ran.code == 1
    assert kubelet.files() == {"x": b"old"}


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(Page(status=404), "404", id="not found"),
        pytest.param(Page(TEXT, length=1000), "prematurely", id="cut off"),
        pytest.param(Page(TEXT, delay=4), "no answer in time", id="silence"),
    ],
)
def test_a_failed_download_leaves_no_file_and_says_why(kubelet, page, reason):
    with site({"/x": page}) as web:
        ran = kubelet.run(container(web.url("/x"), timeout="1s"))
        shown = web.url("/x")

    assert ran.code == 1
    assert kubelet.files() == {}
    assert ran.termination_message.startswith(f"cannot fetch {shown}: ")
    assert reason in ran.termination_message
    assert ran.seconds < 4


def test_nobody_at_the_address_is_said(kubelet):
    ran = kubelet.run(container("http://nosuch.invalid/x"))

    assert ran.code == 1
    assert "bad address 'nosuch.invalid'" in ran.termination_message


def test_a_download_is_tried_again(kubelet):
    with site({"/x": Page(TEXT, misses=1)}) as web:
        ran = kubelet.run(container(web.url("/x"), retries=2))

    assert ran.code == 0
    assert "trying again in 1s" in ran.out
    assert kubelet.files() == {"x": TEXT}


def test_tries_end_with_the_timeout(kubelet):
    with site({}) as web:
        ran = kubelet.run(container(web.url("/x"), retries=100, timeout="1500ms"))

    assert ran.code == 1
    assert ran.seconds < 3
    assert "(tries: 2, in 1s)" in ran.termination_message


def test_messages_hold_no_user_password_or_query(kubelet):
    with site({}) as web:
        ran = kubelet.run(container(web.url("/x?token=qsecret", user="me:psecret@")))

    assert ran.code == 1
    assert web.asked == ["/x?token=qsecret"]
    assert web.authorizations == ["Basic " + base64.b64encode(b"me:psecret").decode()]
    assert web.url("/x") in ran.termination_message
    assert "secret" not in ran.all_text
    assert "me:" not in ran.all_text


def test_https_with_a_checksum_is_fetched(kubelet, tls):
    with site({"/x": Page(TEXT)}, tls=tls) as web:
        ran = kubelet.run(container(web.url("/x"), sha256=sha256(TEXT)))

    assert ran.code == 0, ran.all_text
    assert kubelet.files() == {"x": TEXT}


def test_https_without_a_checksum_is_refused_when_the_image_brings_no_curl_after_all(kubelet, tls):
    with site({"/x": Page(TEXT)}, tls=tls) as web:
        ran = kubelet.run(container(web.url("/x"), image="tools:1"))

    assert ran.code == 1
    assert web.asked == []
    assert "checks no certificates" in ran.termination_message


def test_curl_is_used_where_the_image_has_it(kubelet):
    kubelet.add_program("curl", 'while [ "$1" != -o ]; do echo "$1" >&2; shift; done; echo "by curl $3" >"$2"')

    ran = kubelet.run(container("https://web/x", image="tools:1"))

    assert ran.code == 0, ran.all_text
    assert "with curl" in ran.out
    assert kubelet.files() == {"x": b"by curl https://web/x\n"}


ARCHIVES = [
    pytest.param("zip", zip_of(FILES), id="zip"),
    pytest.param("auto", zip_of(FILES), id="zip found out"),
    pytest.param("tar", files_tar(), id="tar"),
    pytest.param("tar", files_tar("gz"), id="tar.gz"),
    pytest.param("tar", files_tar("bz2"), id="tar.bz2"),
    pytest.param("auto", files_tar(), id="tar found out"),
    pytest.param("auto", files_tar("gz"), id="tar.gz found out"),
    pytest.param("auto", files_tar("xz"), id="tar.xz found out"),
]


@pytest.mark.parametrize("path", ["", "site/v1"])
@pytest.mark.parametrize(("unpack", "body"), ARCHIVES)
def test_an_archive_is_unpacked_and_readable_for_all(kubelet, unpack, body, path):
    with site({"/a": Page(body)}) as web:
        ran = kubelet.run(container(web.url("/a"), sha256=sha256(body), unpack=unpack, path=path))

    assert ran.code == 0, ran.all_text
    assert kubelet.files() == {f"{path}/{name}".lstrip("/"): content for name, content in FILES.items()}
    for found in (kubelet.volume / path).rglob("*"):
        assert stat.S_IMODE(found.stat().st_mode) == (0o755 if found.is_dir() else 0o644)


@pytest.mark.parametrize(("unpack", "body"), ARCHIVES[:4:3])
def test_an_archive_replaces_its_own_entries_and_no_others(kubelet, unpack, body):
    (kubelet.volume / "data").mkdir()
    (kubelet.volume / "data/stale").touch()
    (kubelet.volume / "other").write_bytes(b"mine")

    with site({"/a": Page(body)}) as web:
        ran = kubelet.run(container(web.url("/a"), unpack=unpack))

    assert ran.code == 0
    assert kubelet.files() == FILES | {"other": b"mine"}


@pytest.mark.parametrize("unpack", ["none", "zip"])
@pytest.mark.parametrize("checked", [True, False])
def test_run_twice_it_gives_the_same(kubelet, unpack, checked):
    body = zip_of(FILES)

    with site({"/a": Page(body)}) as web:
        made = container(web.url("/a"), unpack=unpack, sha256=sha256(body) if checked else "")
        first, before = kubelet.run(made), kubelet.files()
        second, after = kubelet.run(made), kubelet.files()

    assert (first.code, second.code) == (0, 0)
    assert after == before
    assert len(web.asked) == (1 if checked and unpack == "none" else 2)


LINK, HARD, PIPE = tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE


@pytest.mark.parametrize(
    ("unpack", "body"),
    [
        pytest.param("zip", zip_of({"ok": b"", "../evil": b"x"}), id="zip that climbs"),
        pytest.param("zip", zip_of({"ok": b"", "a/../../evil": b"x"}), id="zip that climbs in the middle"),
        pytest.param("zip", zip_of({"ok": b"", "/evil": b"x"}), id="absolute in a zip"),
        pytest.param("tar", tar_of(member("ok"), member("../evil", b"x")), id="tar that climbs"),
        pytest.param(
            "tar", tar_of(member("ok"), member("a/../../evil", b"x"), compression="gz"), id="tar.gz that climbs"
        ),
        pytest.param("tar", tar_of(member("ok"), member("/evil", b"x")), id="absolute in a tar"),
        pytest.param("tar", tar_of(member("ok"), member("evil", kind=LINK, link="/etc")), id="absolute link"),
        pytest.param("tar", tar_of(member("ok"), member("a/evil", kind=LINK, link="../../x")), id="link that climbs"),
        pytest.param(
            "tar", tar_of(member("evil", kind=LINK, link="/etc"), member("evil/x", b"x")), id="file through a link"
        ),
        pytest.param("tar", tar_of(member("ok"), member("evil", kind=HARD, link="../../other")), id="hard link out"),
        pytest.param(
            "tar",
            tar_of(
                member("evil", kind=HARD, link="../../other"),
                member("evil", b"x"),
                member("again", kind=HARD, link="../../other"),
            ),
            id="file through a hard link",
        ),
        pytest.param("tar", tar_of(member("ok"), member("evil", kind=PIPE)), id="pipe"),
    ],
)
def test_an_archive_that_reaches_out_is_refused(kubelet, unpack, body):
    (kubelet.volume / "other").write_bytes(b"mine")
    outside = {path for path in kubelet.volume.parent.iterdir() if path != kubelet.logs}

    with site({"/a": Page(body)}) as web:
        ran = kubelet.run(container(web.url("/a"), unpack=unpack, path="in"))

    assert ran.code == 1
    assert ran.termination_message
    assert kubelet.files() == {"other": b"mine"}
    assert not (kubelet.volume / "in").exists()
    assert {path for path in kubelet.volume.parent.iterdir() if path != kubelet.logs} == outside


def test_links_that_stay_inside_are_kept(kubelet):
    body = tar_of(
        member("v1/app", b"x"),
        member("v1/same", kind=HARD, link="v1/app"),
        member("current", kind=LINK, link="v1"),
        member("v1/up", kind=LINK, link="../v1/app"),
    )

    with site({"/a": Page(body)}) as web:
        ran = kubelet.run(container(web.url("/a"), unpack="tar"))

    assert ran.code == 0, ran.all_text
    assert (kubelet.volume / "current/up").read_bytes() == b"x"
    assert (kubelet.volume / "current/same").samefile(kubelet.volume / "v1/app")


@pytest.mark.parametrize(
    ("unpack", "body", "complaint"),
    [
        pytest.param("zip", TEXT, "it is no zip", id="text as zip"),
        pytest.param("zip", files_tar("gz"), "it is no zip", id="tar as zip"),
        pytest.param("tar", zip_of(FILES), "it is no tar", id="zip as tar"),
        pytest.param("tar", TEXT, "cannot be read as tar", id="text as tar"),
        pytest.param("auto", TEXT, "neither a zip nor a tar", id="text found out"),
        pytest.param("auto", b"", "neither a zip nor a tar", id="nothing found out"),
        pytest.param("zip", zip_of(FILES)[:-90], "as zip", id="half a zip"),
        pytest.param("tar", files_tar("gz")[:-90], "as tar", id="half a tar.gz"),
    ],
)
def test_what_is_no_archive_is_refused_and_leaves_nothing(kubelet, unpack, body, complaint):
    with site({"/a": Page(body)}) as web:
        ran = kubelet.run(container(web.url("/a"), unpack=unpack))

    assert ran.code == 1
    assert complaint in ran.termination_message
    assert kubelet.files() == {}


def test_what_a_killed_run_left_is_removed(kubelet):
    with site({"/x": Page(TEXT, delay=5)}) as web:
        running = kubelet.start(container(web.url("/x"), timeout="20s"))
        running.until(lambda: web.asked)
        running.process.kill()
        running.wait()
    left = list(kubelet.volume.iterdir())

    with site({"/x": Page(TEXT)}) as web:
        ran = kubelet.run(container(web.url("/x")))

    assert len(left) == 1
    assert ran.code == 0
    assert [path.name for path in kubelet.volume.iterdir()] == ["x"]


def test_a_folder_in_the_way_is_not_replaced_by_a_file(kubelet):
    (kubelet.volume / "x").mkdir()

    with site({"/x": Page(TEXT)}) as web:
        ran = kubelet.run(container(web.url("/x")))

    assert ran.code == 1
    assert "x is a folder" in ran.termination_message


@pytest.mark.parametrize(
    "page", [pytest.param(Page(delay=5), id="asking"), pytest.param(Page(status=503), id="resting")]
)
def test_a_signal_ends_it_at_once_and_leaves_nothing(kubelet, page):
    with site({"/x": page}) as web:
        running = kubelet.start(container(web.url("/x"), timeout="30s", retries=9))
        running.until(lambda: web.asked and (page.delay or "trying" in running.out()))
        asked_to_stop = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        ran = running.wait()

    assert ran.code == 143
    assert time.monotonic() - asked_to_stop < 1
    assert list(kubelet.volume.iterdir()) == []
