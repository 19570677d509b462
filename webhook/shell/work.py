"""What kinds of work a container's command does: each could be an init container, or a tool, of its own."""

import re
from enum import StrEnum

from webhook.shell.inner import Inner, inner_commands
from webhook.shell.program import Program
from webhook.shell.script import Loop, commands, walk


class Work(StrEnum):
    """One kind of work, in the words of a message."""

    FETCH = "fetches over the network"
    COPY = "copies files"
    OWNERSHIP = "changes owners"
    PACKAGES = "installs packages"
    KERNEL = "sets kernel parameters"
    FIREWALL = "sets up the network"
    DATABASE = "talks to a database"
    CLUSTER = "talks to the cluster"
    CERTIFICATES = "makes certificates"
    WAIT = "waits for something"


_BY_PROGRAM = {
    Work.FETCH: (
        "curl",
        "wget",
        "git",
        "aws",
        "gsutil",
        "gcloud",
        "az",
        "mc",
        "rclone",
        "scp",
        "sftp",
        "ftp",
        "oras",
        "skopeo",
    ),
    Work.COPY: ("cp", "mv", "rsync", "install"),
    Work.OWNERSHIP: ("chown", "chgrp", "setfacl"),
    Work.KERNEL: ("sysctl", "modprobe", "insmod"),
    Work.FIREWALL: ("iptables", "ip6tables", "iptables-restore", "nft", "ip", "ipset", "route", "tc"),
    Work.DATABASE: (
        "psql",
        "mysql",
        "mariadb",
        "mongosh",
        "mongo",
        "redis-cli",
        "flyway",
        "liquibase",
        "alembic",
        "goose",
        "cqlsh",
    ),
    Work.CLUSTER: ("kubectl", "oc", "helm"),
    Work.CERTIFICATES: ("openssl", "keytool", "certbot", "update-ca-certificates", "update-ca-trust", "cfssl", "step"),
}
_WORK_OF = {program: work for work, programs in _BY_PROGRAM.items() for program in programs}
# What installs packages, with the words that say so.
_INSTALLERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("apt-get", "apt", "aptitude", "yum", "dnf", "microdnf", "tdnf", "zypper"), frozenset({"install"})),
    "apk": frozenset({"add"}),
    "pacman": frozenset({"-S", "-Sy", "-Syu"}),
    **dict.fromkeys(("pip", "pip3", "gem", "cargo", "go", "conda", "mamba", "uv"), frozenset({"install"})),
    **dict.fromkeys(("npm", "pnpm"), frozenset({"install", "i", "ci"})),
    "yarn": frozenset({"install", "add"}),
    "composer": frozenset({"install", "require"}),
}
_PYTHON = re.compile(r"python[0-9.]*")
# From what lies in the image already, nothing is fetched.
_OFFLINE = ("--no-index", "--offline", "--no-network", "--prefer-offline", "--local", "--dry-run", "--help", "-h")
# What only prepares or shows, beside a copy.
_BESIDE = frozenset(
    {"mkdir", "chmod", "echo", "printf", "ls", "set", "true", ":", "touch", "cd", "rm", "date", "exit", "du", "sync"}
)


def kinds_of_work(program: Program) -> frozenset[Work]:
    """Give every kind of work that a command does."""
    found = {_WORK_OF[it.name] for it in inner_commands(program) if it.name in _WORK_OF}
    if installs_packages(program):
        found.add(Work.PACKAGES)
    if _waits(program):
        found.add(Work.WAIT)
    return frozenset(found)


def installs_packages(program: Program) -> str:
    """Give the program that installs packages; empty where none does."""
    return next((it.name for it in inner_commands(program) if _installs(it)), "")


def only_copies(program: Program) -> bool:
    """Say whether a command copies files and does nothing else but prepare for that."""
    names = [it.name for it in inner_commands(program) if it.command.words]
    copies = [name for name in names if _WORK_OF.get(name) is Work.COPY]
    return bool(copies) and all(name in _BESIDE or _WORK_OF.get(name) is Work.COPY for name in names)


def _installs(it: Inner) -> bool:
    args = list(it.args)
    name = it.name
    if _PYTHON.fullmatch(name) and args[:2] == ["-m", "pip"]:
        name, args = "pip", args[2:]
    words = _INSTALLERS.get(name)
    return words is not None and not words.isdisjoint(args) and not any(arg in _OFFLINE for arg in args)


def _waits(program: Program) -> bool:
    loops = (node for node in walk(program.statements) if isinstance(node, Loop) and node.kind != "for")
    return any(one.name == "sleep" for loop in loops for one in commands((*loop.condition, *loop.body)))
