"""What a Pod and its containers say about rights, as the Pod Security Standards read it."""

from webhook.core.pod import Container, Pod, Raw


def is_windows(pod: Pod) -> bool:
    """Say whether the Pod says that it runs Windows, to which some rules do not apply (since 1.25)."""
    return (pod.spec.get("os") or {}).get("name") == "windows"


def security_context(container: Container) -> Raw:
    """Give a container's own securityContext, empty where it has none."""
    return container.raw.get("securityContext") or {}


def pod_security_context(pod: Pod) -> Raw:
    """Give the securityContext of the Pod, empty where it has none."""
    return pod.spec.get("securityContext") or {}
