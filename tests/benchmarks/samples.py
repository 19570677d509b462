"""Pods as the API server sends them, of any number of containers."""

from typing import Any

from tests.builders import envelope
from webhook.core.pod import Raw

DEFAULTS = {
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
    "imagePullPolicy": "IfNotPresent",
}
TOKEN = {"name": "kube-api-access-x", "readOnly": True, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"}


def _container(number: int, **fields: Any) -> Raw:
    return {
        "name": f"container-{number}",
        "image": f"registry.example/team/service-{number}:1.2.3",
        "args": ["--port=8080", "--verbose"],
        "ports": [{"name": "http", "containerPort": 8080 + number, "protocol": "TCP"}],
        "env": [
            {"name": "REGION", "value": "north"},
            {"name": "POD_IP", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}}},
            {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "shop", "key": "token"}}},
        ],
        "resources": {"limits": {"cpu": "500m", "memory": "256Mi"}, "requests": {"cpu": "100m", "memory": "128Mi"}},
        "volumeMounts": [{"name": "data", "mountPath": "/data"}, TOKEN],
        "readinessProbe": {
            "httpGet": {"path": "/ready", "port": 8080, "scheme": "HTTP"},
            "timeoutSeconds": 1,
            "periodSeconds": 10,
            "successThreshold": 1,
            "failureThreshold": 3,
        },
        "securityContext": {"allowPrivilegeEscalation": False, "runAsNonRoot": True},
        **DEFAULTS,
        **fields,
    }


def pod_of(containers: int) -> Raw:
    """A defaulted Pod; every fourth container is an init container, every eighth a sidecar."""
    init, apps = [], []
    for number in range(containers):
        if number % 8 == 7:
            init.append(_container(number, restartPolicy="Always"))
        elif number % 4 == 3:
            init.append({k: v for k, v in _container(number).items() if k != "readinessProbe"})
        else:
            apps.append(_container(number))
    token_sources = [{"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}}]
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "generateName": "shop-7d9f8b5c6-",
            "namespace": "shop",
            "labels": {"app": "web", "pod-template-hash": "7d9f8b5c6"},
            "ownerReferences": [
                {
                    "apiVersion": "apps/v1",
                    "kind": "ReplicaSet",
                    "name": "shop-7d9f8b5c6",
                    "uid": "8b6f2a52-61c3-4a3e-9d6b-0d7f0f7c1b11",
                    "controller": True,
                    "blockOwnerDeletion": True,
                }
            ],
        },
        "spec": {
            "volumes": [
                {"name": "data", "emptyDir": {}},
                {"name": "kube-api-access-x", "projected": {"sources": token_sources, "defaultMode": 420}},
            ],
            **({"initContainers": init} if init else {}),
            "containers": apps,
            "restartPolicy": "Always",
            "terminationGracePeriodSeconds": 30,
            "dnsPolicy": "ClusterFirst",
            "serviceAccountName": "default",
            "serviceAccount": "default",
            "securityContext": {},
            "schedulerName": "default-scheduler",
            "tolerations": [
                {
                    "key": "node.kubernetes.io/not-ready",
                    "operator": "Exists",
                    "effect": "NoExecute",
                    "tolerationSeconds": 300,
                },
                {
                    "key": "node.kubernetes.io/unreachable",
                    "operator": "Exists",
                    "effect": "NoExecute",
                    "tolerationSeconds": 300,
                },
            ],
            "priority": 0,
            "enableServiceLinks": True,
            "preemptionPolicy": "PreemptLowerPriority",
        },
        "status": {},
    }


def review_body(containers: int) -> bytes:
    """The AdmissionReview of such a Pod."""
    user = {"username": "system:serviceaccount:kube-system:replicaset-controller", "groups": ["system:authenticated"]}
    return envelope(
        pod_of(containers),
        requestKind={"group": "", "version": "v1", "kind": "Pod"},
        resource={"group": "", "version": "v1", "resource": "pods"},
        userInfo=user,
        options={"kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1"},
    )
