"""Environment variables that take their value from somewhere else, as they stand in the containers of a Pod."""

from collections.abc import Iterator
from typing import NamedTuple

from webhook.core.fault import Fault
from webhook.core.finding import Finding
from webhook.core.pod import Container, Pod, Raw


class EnvSource(NamedTuple):
    """A variable with a `valueFrom`, which is `source`; `place` is its index in the env of its container."""

    container: Container
    place: int
    variable: Raw
    source: Raw

    @property
    def path(self) -> str:
        """Where the valueFrom stands."""
        return f"{self.container.path}.env[{self.place}].valueFrom"

    def finding(self, code: str, fault: Fault) -> Finding:
        """Give a fault of the source as the finding of a rule."""
        return fault.at(self.path, code, self.container.name)


def env_sources(pod: Pod) -> Iterator[EnvSource]:
    """Give every variable with a valueFrom, even an empty one."""
    for container in pod.all_containers():
        variables = container.raw.get("env")
        if not variables:
            continue
        for index, variable in enumerate(variables):
            source = variable.get("valueFrom") if variable else None
            if source is not None:
                yield EnvSource(container, index, variable, source)
