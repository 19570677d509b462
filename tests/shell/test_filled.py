import pytest

from webhook.core.pod import Container, Role
from webhook.shell.filled import only_fills


def fills(text, **raw):
    container = Container({"command": ["sh", "-c", text], **raw}, Role.INIT, "spec.initContainers", 0)
    return only_fills(container, "/work")


@pytest.mark.parametrize(
    "text",
    [
        "echo x > /work/a",
        "echo x >> /work/a",
        "cp a b /work",
        "cp -t /work a b",
        "mv a /work/b && chmod 644 /work/b",
        "wget -P /work https://x/y",
        "curl --output /work/y https://x/y",
        "tar xzf /a.tgz -C /work",
        "unzip -q /a.zip -d /work/a",
        "render | tee /work/a /work/b",
        "aws s3 cp s3://bucket/key /work/key",
    ],
)
def test_writing_alone_fills(text):
    assert fills(text)


@pytest.mark.parametrize(
    "text",
    [
        "echo /work",
        "cat /work/a > /b",
        "cp /work/a /work/b",
        "use < /work/a",
        "cp a $(ls /work)",
        "chroot /host cp a /work/b",
        "cp a /workshop/b; ls /work",
        "cp -t /work /work/a",
        "work /work",
        "bash <<EOF\ncp a /work/b\nEOF",
        "",
    ],
)
def test_reading_and_not_knowing_do_not(text):
    assert not fills(text)


def test_a_folder_given_to_the_script_may_be_used():
    assert not fills("cp a /work/b; use $1", args=["sh", "/work/b"])


def test_where_the_image_decides_nothing_is_said():
    assert not only_fills(Container({}, Role.INIT, "spec.initContainers", 0), "/work")
