"""A workload's selector that is missing, misspelled, empty, or does not select the workload's own Pods.

A controller finds its Pods by their labels alone. With a selector that it cannot read, Kubernetes does not even look
into the template of a Deployment, ReplicaSet or StatefulSet: whatever is wrong there comes to light only afterwards. A
Job makes its selector itself unless manualSelector is true, and a CronJob takes none.

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop}
    spec:
      selector: {matchLabels: {app: store}}
      template:
        metadata: {labels: {app: shop}}
        spec:
          containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop}
    spec:
      selector: {matchLabels: {app: shop}}
      template:
        metadata: {labels: {app: shop}}
        spec:
          containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Callable, Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.label_faults import selector_faults
from webhook.core.label_selector import is_empty, selects
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.template import HIDDEN_BY_SELECTOR

CODE = "IC149"
# What the API server itself puts on the Pods of a Job; the uid is known only once the Job is there.
_JOB_UID = ("batch.kubernetes.io/controller-uid", "controller-uid")
_JOB_NAME = ("batch.kubernetes.io/job-name", "job-name")


def check(pod: Pod) -> Iterator[Finding]:
    """Find what is wrong with the selector beside a template."""
    of_kind = _OF_KIND.get(pod.kind)
    if of_kind is not None and pod.owner is not None:
        yield from of_kind(pod, pod.owner)


def _of_apps(pod: Pod, owner: Raw) -> Iterator[Finding]:
    selector = owner.get("selector")
    if selector is None:
        if pod.kind in HIDDEN_BY_SELECTOR:  # nobody asks a DaemonSet for one, but none selects nothing
            yield _missing(pod)
        yield _mismatch(pod)
        return
    where = f"{pod.owner_path}.selector"
    if is_empty(selector):
        yield Finding(CODE, ErrorType.INVALID, where, "an empty selector would select every Pod")
    faults = [*_misspelled(pod, selector)]
    yield from faults
    if faults and pod.kind in HIDDEN_BY_SELECTOR:
        yield Finding(CODE, ErrorType.INVALID, where, "cannot be read, so the template has not been judged")
    elif not faults and not selects(selector, pod.labels):
        yield _mismatch(pod)


def _of_replication_controller(pod: Pod, owner: Raw) -> Iterator[Finding]:
    """Its selector is a plain map, by default the labels of its template, and nobody minds the spelling."""
    selector = owner.get("selector")
    if not selector and not pod.labels:
        yield _missing(pod)
    elif selector and owner.get("template") is not None and not selects({"matchLabels": selector}, pod.labels):
        yield _mismatch(pod)


def _of_job(pod: Pod, owner: Raw) -> Iterator[Finding]:
    selector, manual = owner.get("selector"), owner.get("manualSelector") is True
    if selector is None:
        if manual:
            yield _missing(pod)
            yield _mismatch(pod)
        return
    faults = [*_misspelled(pod, selector)]
    yield from faults
    if faults:
        return
    generated = {} if manual else _generated(pod, selector)
    if not manual and not selects(selector, generated):
        message = "a Job makes its selector itself: leave it out, or set manualSelector"
        yield Finding(CODE, ErrorType.INVALID, f"{pod.owner_path}.selector", message)
    if not selects(selector, {**generated, **pod.labels}):
        yield _mismatch(pod)


def _generated(pod: Pod, selector: Raw) -> Raw:
    """Give the labels that the API server adds; what is written already is taken to be right, a new uid is nobody's."""
    asked = selector.get("matchLabels") or {}
    names = {key: pod.labels.get(key) or asked.get(key) or "" for key in _JOB_NAME}
    return {**names, **{key: pod.labels.get(key) or "" for key in _JOB_UID}}


def _of_cron_job(pod: Pod, owner: Raw) -> Iterator[Finding]:
    where = f"{pod.owner_path}.selector"
    if owner.get("selector") is not None:
        yield Finding(CODE, ErrorType.INVALID, where, "each Job makes its selector itself; leave it out")
    if owner.get("manualSelector") is True:
        where = f"{pod.owner_path}.manualSelector"
        yield Finding(CODE, ErrorType.NOT_SUPPORTED, where, "each Job makes its selector itself; leave it out")


def _misspelled(pod: Pod, selector: Raw) -> Iterator[Finding]:
    where = f"{pod.owner_path}.selector"
    for fault in selector_faults(selector):
        yield fault.at(where, CODE)


def _missing(pod: Pod) -> Finding:
    message = f"a {pod.kind} needs a selector that its Pods' labels meet"
    return Finding(CODE, ErrorType.REQUIRED, f"{pod.owner_path}.selector", message)


def _mismatch(pod: Pod) -> Finding:
    message = "the selector does not select these labels, so the Pods would never be found"
    return Finding(CODE, ErrorType.INVALID, f"{pod.owner_path}.template.metadata.labels", message)


_OF_KIND: dict[str, Callable[[Pod, Raw], Iterator[Finding]]] = {
    "Deployment": _of_apps,
    "ReplicaSet": _of_apps,
    "StatefulSet": _of_apps,
    "DaemonSet": _of_apps,
    "ReplicationController": _of_replication_controller,
    "Job": _of_job,
    "CronJob": _of_cron_job,
}

RULE = Rule(
    code=CODE,
    title="Invalid selector",
    check=check,
    source="kubernetes pkg/apis/apps/validation, pkg/apis/batch/validation: ValidateGeneratedSelector",
    text=__doc__,
    beyond_template=True,
)
