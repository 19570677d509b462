"""Environment variables that take their value from somewhere else, as they stand in the containers of a Pod."""

from collections.abc import Iterator

from webhook.core.pod import Container, Pod, Raw


def sourced_variables(pod: Pod) -> list[tuple[Container, int, Raw]]:
    """Give every variable that has a valueFrom, even an empty one: container, index of the variable, variable."""
    return pod.once(_sourced_variables)


def _sourced_variables(pod: Pod) -> list[tuple[Container, int, Raw]]:
    return [
        (container, place, variable)
        for container in pod.all_containers()
        for place, variable in enumerate(container.raw.get("env") or ())
        if variable and variable.get("valueFrom") is not None
    ]


def env_refs(pod: Pod, *kinds: str) -> Iterator[tuple[Container, int, str, Raw]]:
    """Give every reference of some kinds, such as `fieldRef`: container, index of the variable, kind, reference."""
    for container, place, variable in sourced_variables(pod):
        source = variable["valueFrom"]
        for kind in kinds:
            if source.get(kind) is not None:
                yield container, place, kind, source[kind]


def env_ref_path(container: Container, place: int, kind: str) -> str:
    """Give the path of a reference."""
    return f"{container.path}.env[{place}].valueFrom.{kind}"
