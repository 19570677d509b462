"""Which fields a Pod has at all: most Pods have few of those that rules are about.

A rule says by `needs` without which fields it cannot find anything; where none of them is among these names, it is not
asked. Only places that rules look into are gone through: a name too many costs nothing but a question.
"""

from collections.abc import Iterable

from webhook.core.pod import Pod, Raw


def field_names(pod: Pod) -> set[str]:
    """Give the names of all fields, null ones too, that stand in these places.

    The owner of a template, the metadata, the spec, its security context, resources and volumes; in each container the
    security context, resources, ports, mounts, and the variables with what is in their valueFrom.
    """
    return names_in(pod, [container.raw for container in pod.all_containers()])


def names_in(pod: Pod, containers: Iterable[Raw]) -> set[str]:
    """Give the same as if these were all of its containers."""
    spec = pod.spec
    holders = [pod.owner, pod.metadata, spec, spec.get("securityContext"), spec.get("resources")]
    holders += spec.get("volumes") or ()
    for container in containers:
        holders += _holders(container)
    return set().union(*filter(None, holders))


def _holders(container: Raw) -> Iterable[Raw | None]:
    variables = container.get("env") or ()
    return (
        container,
        container.get("securityContext"),
        container.get("resources"),
        *(container.get("ports") or ()),
        *(container.get("volumeMounts") or ()),
        *variables,
        *[variable.get("valueFrom") for variable in variables if variable],
    )
