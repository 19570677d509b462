"""Which fields a Pod has at all: most Pods have few of those that rules are about.

A rule says by `needs` without which fields it cannot find anything; where none of them is among these names, it is not
asked. Only places that rules look into are gone through: names of a few places too many cost nothing but a question.
"""

from webhook.core.pod import Pod, Raw

# The lists and objects of a container whose members count as well.
_LISTS = ("env", "ports", "volumeMounts")
_OBJECTS = ("securityContext", "resources")

# A StatefulSet has volumes even where its template says nothing of them.
CLAIM_TEMPLATES = "volumeClaimTemplates"


def field_names(pod: Pod) -> set[str]:
    """Give the names of all fields, null ones too, of these places.

    The spec and its metadata; its security context and volumes; every container, and in it the security context,
    resources, ports, mounts, and variables with what is in their valueFrom. A StatefulSet that has claim templates
    gives `volumeClaimTemplates` too.
    """
    spec = pod.spec
    names = {*pod.metadata, *spec, *(spec.get("securityContext") or ())}
    names.update(*filter(None, spec.get("volumes") or ()))
    if pod.claim_templates:
        names.add(CLAIM_TEMPLATES)
    for container in pod.all_containers():
        _add(names, container.raw)
    return names


def _add(names: set[str], raw: Raw) -> None:
    names.update(raw)
    for field in _OBJECTS:
        names.update(raw.get(field) or ())
    for field in _LISTS:
        entries = raw.get(field)
        if entries:
            names.update(*filter(None, entries))
    for variable in raw.get("env") or ():
        source = variable and variable.get("valueFrom")
        if source:
            names.update(source)
