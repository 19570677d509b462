"""An update that changes what cannot change in a Pod, or in the template of a Job.

A Pod that is there takes new images, a shorter deadline and more tolerations; everything else, init containers not
least, is fixed when it is created. The template of a Job is fixed too: while the Job is suspended, resources may
change, and before it ever started so may what decides where its Pods run.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1", command: [migrate, --fast]}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:2"}]
      containers: [{name: app, image: "registry.example/shop:2"}]
"""

from webhook.core.rule import Rule

# The decision compares the old object with the new one (`core.pod_update`, `core.job_update`): one alone does not show it.
RULE = Rule(
    code="IC180",
    title="Immutable field changed",
    check=None,
    source="kubernetes pkg/apis/core/validation: ValidatePodUpdate; pkg/apis/batch/validation: validatePodTemplateUpdate",
    text=__doc__,
)
