"""Environment variables that take their value from somewhere else, as they stand in the containers of a Pod."""

from collections.abc import Iterator

from webhook.core.pod import Container, Pod, Raw


def env_refs(pod: Pod, *kinds: str) -> Iterator[tuple[Container, int, str, Raw]]:
    """Give every reference of some kinds, such as `fieldRef`: container, index of the variable, kind, reference."""
    for container in pod.all_containers():
        variables = container.raw.get("env")
        if not variables:
            continue
        for place, variable in enumerate(variables):
            source = variable.get("valueFrom") if variable else None
            if not source:
                continue
            for kind in kinds:
                if source.get(kind) is not None:
                    yield container, place, kind, source[kind]


def env_ref_path(container: Container, place: int, kind: str) -> str:
    """Give the path of a reference."""
    return f"{container.path}.env[{place}].valueFrom.{kind}"
