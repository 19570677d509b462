"""A Pod asks for an injection policy that is not loaded, so nothing of that name is injected.

The annotation `prologue.dev/inject` lists policies by name. A name that no loaded policy has is mostly a misspelling,
and the Pod would start without what it counts on.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop, annotations: {prologue.dev/inject: wait-for-databse}}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: prologue.dev/v1alpha1
    kind: InjectionPolicy
    metadata: {name: wait-for-database}
    spec:
      request: Annotation
      initContainers: [{recipe: wait-for, with: {targets: ["tcp://mydb:5432"]}}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop, annotations: {prologue.dev/inject: wait-for-database}}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from webhook.core.rule import Rule

# The decision finds it: which policies are loaded is not written in the Pod.
RULE = Rule(
    code="IC402",
    title="Unknown policy asked for",
    check=None,
    source="InjectionPolicy, spec.request: Annotation",
    text=__doc__,
)
