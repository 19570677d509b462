"""Waits until what the Pod depends on answers, then lets it start; gives up at a deadline and says on what.

Each target is waited for in turn, all within one `timeout`:

- `dns://name`: the name resolves, search domains of the cluster included.
- `tcp://host:port`: a connection is accepted.
- `http://host:port/path`, `https://…`: the answer is a success (2xx), redirects followed.

IPv6 addresses stand in brackets: `tcp://[2001:db8::1]:5432`. Between two tries the script rests for `interval`, which
grows by half each time, up to five times itself or ten seconds, whichever is longer. One try takes at most five
seconds.

Beware of https: no certificate is checked, so the target is known to answer, not to be who it says. That is enough to
be ready, and no more. busybox speaks an old TLS (1.2, signatures with SHA-1) that strict servers refuse; wait for their
port by tcp://, or name an image that brings curl, which is used where it is there.

At the deadline the container fails, the last message (`waited 120s for tcp://mydb:5432: …`) stands in `kubectl describe
pod`, and the kubelet starts the container again where the Pod's restartPolicy allows.

Options:
    targets: what to wait for, at least one.
    timeout: for all targets together; default 120s.
    interval: the first rest between two tries; default 2s.
    image: any that brings busybox; default busybox:1.36.
    resources: requests and limits in place of 10m to 100m of cpu and 16Mi to 32Mi of memory.

Sample:

    recipe: wait-for
    with:
      targets: ["tcp://mydb:5432", "dns://myservice", "http://web.shop.svc/healthz"]
      timeout: 2m
"""

from dataclasses import dataclass

from webhook.core.address import Address
from webhook.core.duration import parse_duration
from webhook.core.errors import OptionsError
from webhook.core.recipe import Addition, Recipe
from webhook.core.registry import text_beside
from webhook.core.script_container import ContainerOptions, literal, script_container

_SCHEMES = ("dns", "tcp", "http", "https")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(ContainerOptions):
    """What to wait for, for how long in all, and how long to rest between two tries; durations as Go writes them."""

    targets: list[str]
    timeout: str = "120s"
    interval: str = "2s"


def make(name: str, options: Options) -> Addition:
    """Give the container that waits.

    Raises:
        OptionsError: there is nothing to wait for, or a target or a duration cannot be.
    """
    if not options.targets:
        raise OptionsError("there is nothing to wait for; name at least one target", field="targets")
    for index, target in enumerate(options.targets):
        _check_target(target, field=f"targets[{index}]")
    container = script_container(
        name,
        text_beside(__name__, "wait_for.sh"),
        options,
        args=options.targets,
        env=(
            literal("PROLOGUE_TIMEOUT_MS", parse_duration(options.timeout, field="timeout")),
            literal("PROLOGUE_INTERVAL_MS", parse_duration(options.interval, field="interval")),
        ),
    )
    return Addition(containers=(container,))


def _check_target(target: str, *, field: str) -> None:
    address = Address.parse(target, schemes=_SCHEMES, field=field)
    if not target.startswith(f"{address.scheme}:"):
        raise OptionsError(f"write {address.scheme}:// in small letters", field=field)
    if address.user:
        raise OptionsError("a target holds no user and no password: everyone who sees the Pod sees it", field=field)
    if address.scheme == "tcp" and address.port is None:
        raise OptionsError("tcp:// needs a port, like tcp://mydb:5432", field=field)
    if address.scheme == "dns" and (address.port is not None or address.is_ip):
        raise OptionsError("dns:// waits for a name alone, without a port, like dns://myservice", field=field)
    if address.scheme in ("tcp", "dns") and address.rest:
        raise OptionsError(f"{address.scheme}:// takes nothing after the host, not even a slash", field=field)


RECIPE = Recipe(
    name="wait-for",
    title="Wait until other services answer",
    options=Options,
    make=make,
    sample={"targets": ["tcp://mydb:5432", "dns://myservice", "http://web.shop.svc/healthz"], "timeout": "2m"},
    text=__doc__,
)
