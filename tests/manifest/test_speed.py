"""How many manifests a second are read; `make bench` prints it."""

import json
import sys
import time

import pytest

from webhook.manifest import block
from webhook.manifest.parse import parse
from webhook.manifest.reader import read_documents
from webhook.manifest.writer import dump_json, dump_yaml

_MANIFEST = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web", "labels": {"app": "web"}},
    "spec": {
        "containers": [
            {
                "name": f"c{number}",
                "image": "registry.example/app:1.2.3",
                "command": ["sh", "-c", "until nslookup db; do echo waiting; sleep 2; done"],
                "env": [{"name": "A", "value": "b"}, {"name": "C", "value": "yes"}],
                "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"memory": "64Mi"}},
                "volumeMounts": [{"name": "data", "mountPath": "/m/data"}],
            }
            for number in range(5)
        ],
        "volumes": [{"name": "data", "emptyDir": {}}],
    },
}


def _per_second(action, rounds=200):
    best = 0.0
    for _ in range(3):
        began = time.perf_counter()
        for _ in range(rounds):
            action()
        best = max(best, rounds / (time.perf_counter() - began))
    return best


@pytest.mark.bench
def test_reading_manifests(capsys):
    text = dump_yaml([_MANIFEST])
    data, as_json = text.encode(), dump_json([_MANIFEST]).encode()

    figures = {
        "read_documents, YAML": _per_second(lambda: read_documents(data)),
        "line by line": _per_second(lambda: block.read(text)),
        "event by event": _per_second(lambda: parse(text)),
        "read_documents, JSON": _per_second(lambda: read_documents(as_json)),
    }

    with capsys.disabled():
        sys.stdout.write(
            f"\nmanifests of {len(text)} bytes a second: {json.dumps({name: round(n) for name, n in figures.items()})}\n"
        )
    assert figures["read_documents, YAML"] > figures["event by event"]
