"""Something a policy would inject clashes with what the Pod already has.

A container, a volume, a mount path or an environment variable of that name is there and is not ours. All that a policy
adds is one change, so nothing of it is added. `onConflict` says what follows: Deny refuses the Pod, Skip lets it pass
without the injection and warns, Rename gives our container or volume another name.

Bad:

    apiVersion: prologue.dev/v1alpha1
    kind: InjectionPolicy
    metadata: {name: prepare}
    spec:
      initContainers: [{container: {name: app, image: "registry.example/prepare:1"}}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: prologue.dev/v1alpha1
    kind: InjectionPolicy
    metadata: {name: prepare}
    spec:
      initContainers: [{container: {name: prepare, image: "registry.example/prepare:1"}}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from webhook.core.finding import Severity
from webhook.core.rule import Rule

# The decision finds it while it injects: a Pod alone does not show it.
RULE = Rule(
    code="IC401",
    title="Injection conflict",
    check=None,
    source="InjectionPolicy, spec.onConflict",
    text=__doc__,
    severity=Severity.DENY,
)
