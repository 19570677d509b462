"""What may change in the pod template of a Job that is there already: nothing, unless it is suspended.

Sources: kubernetes `pkg/apis/batch/validation`: validatePodTemplateUpdate; `pkg/registry/batch/job`: when it is lenient.
"""

from webhook.core.finding import ErrorType, Finding
from webhook.core.normal_form import first_difference, normal_form
from webhook.core.pod import Raw

CODE = "IC180"

# From this minor on the resources of a suspended Job may change (gate MutablePodResourcesForSuspendedJobs).
_RESOURCES_MINOR = 36
# What decides where the Pods run may change while a Job is suspended and has never started.
_SCHEDULING = ("nodeSelector", "tolerations", "schedulingGates")


def job_update_findings(old: Raw, new: Raw, minor: int) -> list[Finding]:
    """Give what the API server refuses of the new pod template of a Job because of the old one."""
    was, now = _template(old), _template(new)
    if was == now:
        return []
    before, after = (normal_form(one, "PodTemplateSpec", minor) for one in (was, now))
    suspended = (old.get("spec") or {}).get("suspend") is True
    if suspended and not (old.get("status") or {}).get("startTime"):
        before, after = _without_scheduling(before), _without_scheduling(after)
    lenient = suspended and minor >= _RESOURCES_MINOR
    if lenient:
        before, after = _without_resources(before), _without_resources(after)
    if before == after:
        return []
    only_spec = lenient and before.get("metadata") == after.get("metadata")
    place = first_difference(after, before)
    message = f"the template of a Job is fixed, and {place} differs from what is there; make a new Job instead"
    return [Finding(CODE, ErrorType.INVALID, "spec.template.spec" if only_spec else "spec.template", message)]


def _template(manifest: Raw) -> Raw:
    return (manifest.get("spec") or {}).get("template") or {}


def _without_scheduling(template: Raw) -> Raw:
    metadata = {
        name: value for name, value in template.get("metadata", {}).items() if name not in ("labels", "annotations")
    }
    spec = {name: value for name, value in template.get("spec", {}).items() if name not in _SCHEDULING}
    affinity = {name: value for name, value in (spec.pop("affinity", None) or {}).items() if name != "nodeAffinity"}
    return {"metadata": metadata, "spec": spec | ({"affinity": affinity} if affinity else {})}


def _without_resources(template: Raw) -> Raw:
    spec = dict(template.get("spec", {}))
    for field in ("containers", "initContainers"):
        if field in spec:
            spec[field] = [{name: value for name, value in one.items() if name != "resources"} for one in spec[field]]
    return {**template, "spec": spec}
