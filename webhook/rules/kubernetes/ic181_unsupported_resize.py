"""A resize of a running Pod that Kubernetes does not make.

Through the subresource `resize`, cpu and memory of app containers and sidecars can change, of plain init containers
since 1.36. Nothing that is asked for can be taken away, and the QoS class of the Pod must stay what it was.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        resources: {requests: {cpu: 100m}, limits: {cpu: 200m}}
      containers: [{name: app, image: "registry.example/shop:1"}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        resources: {requests: {cpu: 100m}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        resources: {requests: {cpu: 100m}, limits: {cpu: 200m}}
      containers: [{name: app, image: "registry.example/shop:1"}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        resources: {requests: {cpu: 200m}, limits: {cpu: 400m}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from webhook.core.rule import Rule

# The decision compares the old Pod with the new one (`core.pod_resize`): one alone does not show it.
RULE = Rule(
    code="IC181",
    title="Unsupported resize",
    check=None,
    source="kubernetes pkg/apis/core/validation: ValidatePodResize",
    text=__doc__,
)
