"""An object that the API server could not even decode.

A field holds another JSON type than Kubernetes' own has: text where a list belongs, a quoted number, a quantity that
is none. The API server answers 400 before any rule is asked, so nothing else is said of such an object.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: migrate
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from webhook.core.rule import Rule

# The decision asks `core.shape` before any rule: what cannot be decoded has no Pod to look at.
RULE = Rule(
    code="IC100",
    title="Undecodable object",
    check=None,
    source="Kubernetes API types, k8s.io/api",
    text=__doc__,
)
