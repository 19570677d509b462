"""Values for the fields of a pod spec: good ones, and bad ones of every kind that Kubernetes refuses or warns of.

`BAD` and `GOOD` hold them by field; the generator draws mostly good ones, and in a faulty manifest now and then a bad one.
"""

from typing import Any

LONG = "x" * 64
PROFILES: dict[str, list[Any]] = {
    "good": [{"type": "RuntimeDefault"}, {"type": "Unconfined"}, {"type": "Localhost", "localhostProfile": "p/a.json"}],
    "bad": [{}, {"type": "Custom"}, {"type": "Localhost"}, {"type": "RuntimeDefault", "localhostProfile": "x"}],
}
PORT_NAMES = {"good": ["http", "metrics", "a-1"], "bad": ["HTTP", "a--b", "-a", "123", "much-too-long-name", ""]}
QUANTITIES = {
    "good": ["100m", "1", "0.5", "250M", "64Mi", "1Gi", 2, "0"],
    "bad": ["-1", "1.0001m", "-0.5Gi", "1e-9"],
}
RESOURCE_NAMES = {
    "good": ["cpu", "memory", "ephemeral-storage"],
    "bad": [
        "foo",
        "CPU",
        "example.com/",
        "a/b/c",
        "pods",
        "requests.example.com/x",
        "",
        "kubernetes.io/x",
        "hugepages-x",
    ],
}
NAMES = {"good": ["app", "web", "init-0", "a", "0", "x" * 63], "bad": ["", "App", "a.b", LONG, "-a", "X" * 64, "a\n"]}
IMAGES = {"good": ["busybox:1.36", "nginx", "r.example/x@sha256:" + "a" * 64], "bad": ["", " x", "x ", " "]}
ENV = {
    "good": [
        {"name": "A", "value": "v"},
        {"name": "MY VAR", "value": "v"},
        {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "C", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}},
        {"name": "D", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}},
        {"name": "E", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
        {"name": "F", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k", "optional": True}}},
    ],
    "bad": [
        {"name": ""},
        {"name": "a=b", "value": "v"},
        {"name": "A", "value": "again"},
        {"name": "A", "value": "$(A)x"},
        {"name": "V", "valueFrom": {}},
        {"name": "V", "value": "v", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        {
            "name": "V",
            "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}, "configMapKeyRef": {"name": "c", "key": "k"}},
        },
        {"name": "V", "valueFrom": {"fieldRef": {"fieldPath": "status.phase"}}},
        {"name": "V", "valueFrom": {"fieldRef": {"fieldPath": "nope"}}},
        {"name": "V", "valueFrom": {"fieldRef": {"fieldPath": ""}}},
        {"name": "V", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['a b']"}}},
        {"name": "V", "valueFrom": {"resourceFieldRef": {"resource": "cpu"}}},
        {"name": "V", "valueFrom": {"resourceFieldRef": {"resource": ""}}},
        {"name": "V", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu", "divisor": "1k"}}},
        {"name": "V", "valueFrom": {"secretKeyRef": {"name": "S", "key": ""}}},
        {"name": "V", "valueFrom": {"configMapKeyRef": {"name": "", "key": "a/b"}}},
        {"name": "V", "valueFrom": {"fileKeyRef": {"volumeName": "data", "path": "p", "key": "K"}}},
        {"name": "V", "valueFrom": {"fileKeyRef": {"volumeName": "none", "path": "../p", "key": "K=K"}}},
    ],
}
ENV_FROM = {
    "good": [{"configMapRef": {"name": "c"}}, {"prefix": "P_", "secretRef": {"name": "s", "optional": True}}],
    "bad": [
        {},
        {"configMapRef": {"name": ""}},
        {"secretRef": {"name": "S"}},
        {"prefix": "a=", "secretRef": {"name": "s"}},
    ],
}
MOUNTS = {
    "good": [
        {"name": "data", "mountPath": "/data"},
        {"name": "data", "mountPath": "/sub", "subPath": "a/b"},
        {"name": "conf", "mountPath": "/conf", "readOnly": True},
    ],
    "bad": [
        {"name": "none", "mountPath": "/none"},
        {"name": "", "mountPath": ""},
        {"name": "data", "mountPath": "/data"},
        {"name": "data", "mountPath": "/x", "subPath": "../x"},
        {"name": "data", "mountPath": "/y", "subPath": "/abs"},
        {"name": "data", "mountPath": "/z", "subPath": "a", "subPathExpr": "$(B)"},
        {"name": "data", "mountPath": "/q", "subPathExpr": "/$(B)"},
        {"name": "data", "mountPath": "/p", "mountPropagation": "Bidirectional"},
        {"name": "data", "mountPath": "/p2", "mountPropagation": "Sideways"},
        {"name": "data", "mountPath": "/r", "recursiveReadOnly": "Enabled"},
        {"name": "data", "mountPath": "/r2", "recursiveReadOnly": "Sometimes"},
        {"name": "blk", "mountPath": "/dev/blk"},
    ],
}
DEVICES = {
    "good": [{"name": "blk", "devicePath": "/dev/blk"}],
    "bad": [
        {"name": "data", "devicePath": "/dev/d"},
        {"name": "", "devicePath": ""},
        {"name": "blk", "devicePath": "/../x"},
    ],
}
VOLUMES = {
    "good": [
        {"name": "extra", "emptyDir": {"sizeLimit": "1Gi"}},
        {"name": "bare"},
        {"name": "sec", "secret": {"secretName": "s"}},
        {"name": "host", "hostPath": {"path": "/var/log"}},
        {"name": "proj", "projected": {"sources": [{"configMap": {"name": "c"}}]}},
    ],
    "bad": [
        {"name": "Data", "emptyDir": {}},
        {"name": "", "emptyDir": {}},
        {"name": "data", "emptyDir": {}},
        {"name": "two", "emptyDir": {}, "hostPath": {"path": "/x"}},
        {"name": "neg", "emptyDir": {"sizeLimit": "-1"}},
        {"name": "cm", "configMap": {}},
        {"name": "sec2", "secret": {}},
        {"name": "pvc", "persistentVolumeClaim": {"claimName": ""}},
        {"name": "hp", "hostPath": {"path": ""}},
        {"name": "hp2", "hostPath": {"path": "/a/../b"}},
        {"name": "img", "image": {"reference": "", "pullPolicy": "Sometimes"}},
        {"name": "eph", "ephemeral": {}},
        {"name": "tok", "projected": {"sources": [{"serviceAccountToken": {"path": "t", "expirationSeconds": 60}}]}},
    ],
}
HANDLERS = {
    "good": [
        {"exec": {"command": ["true"]}},
        {"httpGet": {"path": "/", "port": 8080}},
        {"tcpSocket": {"port": "http"}},
    ],
    "bad": [
        {},
        {"exec": {"command": []}},
        {"httpGet": {"port": 0}},
        {"httpGet": {"port": "--"}},
        {"httpGet": {"port": 80, "scheme": "ftp"}},
        {"httpGet": {"port": 80, "httpHeaders": [{"name": "a b", "value": "x"}]}},
        {"tcpSocket": {"port": 70000}},
        {"exec": {"command": ["true"]}, "tcpSocket": {"port": 80}},
    ],
}
PROBE_NUMBERS = {
    "good": [{}, {"periodSeconds": 5, "failureThreshold": 30}, {"timeoutSeconds": 0}],
    "bad": [
        {"periodSeconds": -1},
        {"successThreshold": 2},
        {"successThreshold": -1},
        {"terminationGracePeriodSeconds": 0},
        {"terminationGracePeriodSeconds": 5},
        {"initialDelaySeconds": -3, "timeoutSeconds": -1, "failureThreshold": -2},
    ],
}
SLEEPS = {"good": [], "bad": [{"sleep": {"seconds": 999}}, {"sleep": {"seconds": -1}}, {"sleep": {"seconds": 0}}]}
SECURITY = {
    "good": [
        {},
        {"runAsUser": 1000, "runAsNonRoot": True},
        {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        {"seccompProfile": {"type": "RuntimeDefault"}},
        {"privileged": True},
    ],
    "bad": [
        {"runAsUser": -1, "runAsGroup": 2**31},
        {"procMount": "Unmasked"},
        {"procMount": "Weird"},
        {"procMount": ""},
        {"privileged": True, "allowPrivilegeEscalation": False},
        {"allowPrivilegeEscalation": False, "capabilities": {"add": ["CAP_SYS_ADMIN"]}},
        {"windowsOptions": {"runAsUserName": ""}},
        {"windowsOptions": {"gmsaCredentialSpecName": "Bad_Name", "hostProcess": True}},
        *({"seccompProfile": one} for one in PROFILES["bad"]),
        *({"appArmorProfile": one} for one in PROFILES["bad"]),
    ],
}
POD_SECURITY = {
    "good": [{}, {"fsGroup": 1000, "supplementalGroups": [1, 2]}, {"seccompProfile": {"type": "RuntimeDefault"}}],
    "bad": [
        {"fsGroup": -1, "supplementalGroups": [0, -5]},
        {"fsGroupChangePolicy": "Never"},
        {"supplementalGroupsPolicy": "Loose"},
        {"seLinuxChangePolicy": "MountOption"},
        {"sysctls": [{"name": "net.core.somaxconn", "value": "1"}, {"name": "kernel.shm_rmid_forced", "value": "1"}]},
        {"windowsOptions": {"runAsUserName": "a\\b\\c"}},
        *({"seccompProfile": one} for one in PROFILES["bad"]),
        *({"appArmorProfile": one} for one in PROFILES["bad"]),
    ],
}
RESIZE = {
    "good": [[{"resourceName": "cpu", "restartPolicy": "NotRequired"}]],
    "bad": [
        [{"resourceName": "memory", "restartPolicy": "RestartContainer"}],
        [{"resourceName": "gpu", "restartPolicy": "Perhaps"}, {"resourceName": "", "restartPolicy": ""}],
        [{"resourceName": "cpu", "restartPolicy": "NotRequired"}] * 2,
    ],
}
RESTART_RULES = {
    "good": [[{"action": "Restart", "exitCodes": {"operator": "In", "values": [1, 2]}}]],
    "bad": [
        [{"action": "Jump", "exitCodes": {"operator": "Like", "values": []}}],
        [{"action": "Restart"}],
        [{"action": "RestartAllContainers", "exitCodes": {"operator": "NotIn", "values": list(range(256))}}],
        [{"action": "Restart", "exitCodes": {"operator": "In", "values": [1]}}] * 21,
    ],
}
# Whole fields of the pod spec.
SPEC = {
    "good": [
        {},
        {"terminationGracePeriodSeconds": 10},
        {"hostNetwork": True},
        {"os": {"name": "linux"}},
        {"shareProcessNamespace": True},
        {"overhead": {"cpu": "10m", "memory": "16Mi"}},
    ],
    "bad": [
        {"restartPolicy": "Sometimes"},
        {"activeDeadlineSeconds": 0},
        {"activeDeadlineSeconds": 60},
        {"terminationGracePeriodSeconds": -1},
        {"os": {"name": "beos"}},
        {"os": {"name": ""}},
        {"os": {"name": "windows"}},
        {"hostUsers": False, "hostNetwork": True, "hostPID": True, "hostIPC": True},
        {"shareProcessNamespace": True, "hostPID": True},
        {"overhead": {"cpu": "-1", "foo": "1"}},
        {"overhead": {"hugepages-2Mi": "2Mi"}},
        {"resources": {"limits": {"cpu": "1m"}}},
        {"resources": {"requests": {"cpu": "2"}, "limits": {"cpu": "1"}}},
        {"resources": {"requests": {"storage": "1Gi", "foo": "1"}, "claims": []}},
        {
            "resourceClaims": [
                {"name": "c", "resourceClaimName": "x"},
                {"name": "c"},
                {"name": "C", "resourceClaimName": "X"},
            ]
        },
        {
            "ephemeralContainers": [
                {"name": "debug", "image": "x", "targetContainerName": "none", "ports": [], "resources": {}}
            ]
        },
        {"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["a"]}, {"ip": "10.0.0.1", "hostnames": ["b"]}]},
        {"imagePullSecrets": [{"name": ""}, {"name": "s"}, {"name": "s"}]},
        {"nodeSelector": {"beta.kubernetes.io/os": "linux"}},
        {"securityContext": {"windowsOptions": {"hostProcess": True}}},
        {"dnsPolicy": "ClusterFirst", "containers": []},
    ],
}
ANNOTATIONS = {
    "good": [{}, {"note": "x"}],
    "bad": [
        {"container.seccomp.security.alpha.kubernetes.io/app": "runtime/default"},
        {"container.seccomp.security.alpha.kubernetes.io/app": "bogus"},
        {"container.apparmor.security.beta.kubernetes.io/app": "bogus"},
        {"container.apparmor.security.beta.kubernetes.io/nobody": "runtime/default"},
        {"seccomp.security.alpha.kubernetes.io/pod": "localhost/../x"},
        {"scheduler.alpha.kubernetes.io/critical-pod": ""},
        {"kubernetes.io/config.mirror": "x"},
    ],
}
