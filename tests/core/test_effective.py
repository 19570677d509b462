import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.effective import dominant, effective, overhead, pod_level, steps
from webhook.core.pod import Pod, Role
from webhook.core.resource_list import canonical, maximum

ORACLE = Path(__file__).parents[1] / "oracle"
SHORT = {
    "mem": "memory",
    "eph": "ephemeral-storage",
    "gpu": "example.com/gpu",
    "hp2": "hugepages-2Mi",
    "hp1": "hugepages-1Gi",
}


def amounts(text):
    """`1 mem=1Gi` is one cpu and one Gi of memory."""
    pairs = [item.rpartition("=") for item in text.split()]
    return {SHORT.get(name, name) or "cpu": amount for name, _, amount in pairs}


def resources(text):
    """`1/2 mem=1Gi`: requests before the slash, limits after it."""
    requests, _, limits = text.partition("/")
    return {kind: read for kind, part in (("requests", requests), ("limits", limits)) if (read := amounts(part))}


def R(text="", **more):  # noqa: N802 - the letters of the upstream tables: regular, init, sidecar
    return {"name": "r", "image": "x", "resources": resources(text), **more}


def I(text="", **more):  # noqa: E743, N802 - as above
    return {"role": "init", **R(text, **more)}


def S(text=""):  # noqa: N802 - as above
    return I(text, restartPolicy="Always")


def pod(*containers, minor=36, kind="Pod", **spec):
    init = [{**one, "name": f"i{at}"} for at, one in enumerate(containers) if "role" in one]
    regular = [one for one in containers if "role" not in one]
    return Pod({"spec": {"initContainers": init, "containers": regular, **spec}}, kind=kind, minor=minor)


def on_top(text):
    return {"overhead": amounts(text)}


def level(text):
    return {"resources": resources(text)}


def oracle(name):
    for line in (ORACLE / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for version, verdict in row["verdict"].items():
            if "requests" in verdict:
                yield row["manifest"], int(version.removeprefix("1.")), verdict


@pytest.mark.parametrize(("name", "count"), [("cases.jsonl", 308), ("manifests.jsonl", 912)])
def test_every_pod_costs_what_kubernetes_says(name, count):
    rows = list(oracle(name))

    assert len(rows) == count
    for manifest, minor, verdict in rows:
        cost = effective(Pod(manifest, minor=minor))
        seen = {"requests": canonical(cost.requests), "limits": canonical(cost.limits), "qos": cost.qos}
        assert seen == {key: verdict[key] for key in seen}, (minor, manifest)


@pytest.mark.parametrize(
    ("given_pod", "requests"),
    [
        pytest.param(pod(I("4"), R("1")), "4", id="1: a larger init container"),
        pytest.param(pod(I("2"), R("2"), R("3")), "5", id="2: larger containers"),
        pytest.param(pod(I("2"), R("2"), R("3"), **on_top("1 mem=1Gi")), "6 mem=1Gi", id="4: overhead"),
        pytest.param(pod(S("1"), R("1")), "2", id="5: a sidecar"),
        pytest.param(pod(I("5"), S("1"), S("2"), S("3"), R("1")), "7", id="6: several sidecars"),
        pytest.param(pod(I("5"), S("1"), S("2"), I("5"), S("3"), R("1")), "8", id="7: init between sidecars"),
        pytest.param(pod(I("5"), S("1"), S("2"), S("3"), I("5"), R("1")), "11", id="8: init after all sidecars"),
        pytest.param(pod(S("10"), I("200"), R("100")), "210", id="9: init after a sidecar"),
        pytest.param(pod(R(), **on_top("5 mem=5")), "5 mem=5", id="11: nothing but overhead"),
        pytest.param(
            pod(R("1 mem=10/2 mem=12"), I("1 mem=10/2 mem=12"), **on_top("5 mem=5")),
            "6 mem=15",
            id="12: all and overhead",
        ),
        pytest.param(pod(R("1 mem=10/2"), **on_top("5 mem=5")), "6 mem=15", id="13: some limits"),
        pytest.param(pod(R("1 mem=5/2 mem=10"), R("4 mem=12/8 mem=24")), "5 mem=17", id="14: two containers"),
        pytest.param(
            pod(R("1 mem=5/2 mem=10"), R("4 mem=12/8 mem=24"), I("1 mem=5/1 mem=5"), I("40 mem=120/80 mem=240")),
            "40 mem=120",
            id="15: a massive init container",
        ),
        pytest.param(pod(R("2m"), **level("mem=2Mi")), "2m mem=2Mi", id="18: memory at pod level only"),
        pytest.param(pod(R("storage=3Mi"), **level("storage=2Mi")), "storage=3Mi", id="19: unsupported at pod level"),
        pytest.param(pod(R("2m mem=3Mi"), **level("8m mem=6Mi")), "8m mem=6Mi", id="20: both levels"),
        pytest.param(pod(S("4m mem=5Mi"), R("2m mem=3Mi")), "6m mem=8Mi", id="21: a sidecar with memory"),
        pytest.param(pod(S("4m mem=5Mi"), I("8m mem=6Mi"), R("2m mem=3Mi")), "12m mem=11Mi", id="22: sidecar and init"),
        pytest.param(
            pod(S("4m mem=5Mi"), I("8m mem=6Mi"), R("2m mem=3Mi"), **level("18m mem=15Mi")),
            "18m mem=15Mi",
            id="23: the pod level over them",
        ),
        pytest.param(pod(R("hp2=6Mi"), **level("1 hp2=10Mi")), "1 hp2=10Mi", id="24: hugepages at pod level"),
        pytest.param(
            pod(R("mem=4Mi hp1=1Gi"), **level("1 hp2=10Mi")), "1 mem=4Mi hp2=10Mi hp1=1Gi", id="25: another page size"
        ),
        pytest.param(pod(S("8"), I("6"), R("9")), "17", id="26: the aggregate"),
        pytest.param(
            pod(S("250m mem=100M"), I("1500m mem=1Gi"), R(".5 mem=512Mi"), R("100m mem=1e8")),
            "1750m mem=1173741824",
            id="37: mixed units",
        ),
        pytest.param(
            pod(S("1 mem=1Gi"), R("1 mem=1Gi"), **level("4"), **on_top("250m mem=120Mi")),
            "4250m mem=2168Mi",
            id="40: cpu at pod level only",
        ),
        pytest.param(pod(I("4", restartPolicy="OnFailure"), R("1")), "4", id="41: OnFailure is no sidecar"),
    ],
)
def test_requests_are_those_of_the_busiest_moment(given_pod, requests):
    assert canonical(effective(given_pod).requests) == dict(sorted(amounts(requests).items()))


@pytest.mark.parametrize(
    ("given_pod", "limits"),
    [
        pytest.param(pod(I("/2"), R("/2"), R("/3"), **on_top("1 mem=1Gi")), "6", id="4: overhead makes no limit"),
        pytest.param(pod(R(), **on_top("5 mem=5")), "", id="11: nothing but overhead"),
        pytest.param(
            pod(R("1 mem=10/2 mem=12"), I("1 mem=10/2 mem=12"), **on_top("5 mem=5")),
            "7 mem=17",
            id="12: all and overhead",
        ),
        pytest.param(pod(R("1 mem=10/2"), **on_top("5 mem=5")), "7", id="13: some limits"),
        pytest.param(pod(R("1 mem=5/2 mem=10"), R("4 mem=12/8 mem=24")), "10 mem=34", id="14: two containers"),
        pytest.param(
            pod(R("1 mem=5/2 mem=10"), R("4 mem=12/8 mem=24"), I("1 mem=5/1 mem=5"), I("40 mem=120/80 mem=240")),
            "80 mem=240",
            id="15: a massive init container",
        ),
        pytest.param(pod(R("/2 mem=2Gi"), R()), "2 mem=2Gi", id="16: a container without limits takes none away"),
        pytest.param(pod(I("/2 mem=2Gi"), I(), R("/1 mem=1Gi")), "2 mem=2Gi", id="17: nor does an init container"),
    ],
)
def test_limits_are_those_of_the_busiest_moment(given_pod, limits):
    assert canonical(effective(given_pod).limits) == dict(sorted(amounts(limits).items()))


@pytest.mark.parametrize(
    ("given_pod", "requests", "limits"),
    [
        pytest.param(pod(R("/9"), I("/9")), "9", "9", id="10: a limit is the request where there is none"),
        pytest.param(
            pod(I("/2"), R("mem=64Mi/1"), **on_top("250m mem=120Mi")),
            "2250m mem=184Mi",
            "2250m",
            id="38: overhead on some limits",
        ),
        pytest.param(
            pod(I("/gpu=2 eph=1Gi"), S("/gpu=1"), R("eph=2Gi/gpu=1")),
            "gpu=2 eph=2Gi",
            "gpu=2 eph=1Gi",
            id="39: extended resources",
        ),
        pytest.param(
            pod(S("/mem=64Mi"), I("/mem=1Gi"), I(), S("/mem=32Mi"), R("/mem=256Mi")),
            "mem=1088Mi",
            "mem=1088Mi",
            id="42: limits as requests",
        ),
        pytest.param(pod(R("/0"), **on_top("1")), "1", "0", id="43: a limit of 0 gets no overhead"),
        pytest.param(
            pod(S("/100m hp2=4Mi"), R("/100m hp2=2Mi"), **level("/1")), "200m hp2=6Mi", "1 hp2=6Mi", id="44: hugepages"
        ),
        pytest.param(
            pod(S("500m"), I("1"), R("/1"), **level("/2 mem=2Gi")), "1500m mem=2Gi", "2 mem=2Gi", id="45: pod defaults"
        ),
        pytest.param(
            pod(S("500m"), I("1"), R("/1"), minor=33, **level("/2 mem=2Gi")),
            "1500m",
            "2 mem=2Gi",
            id="45 before 1.34: no pod defaults",
        ),
    ],
)
def test_requests_and_limits_of_the_defaulted_pod(given_pod, requests, limits):
    cost = effective(given_pod)

    assert canonical(cost.requests) == dict(sorted(amounts(requests).items()))
    assert canonical(cost.limits) == dict(sorted(amounts(limits).items()))


SMALL = "100m mem=100Mi"
GUARANTEED = "1 mem=1Gi"


@pytest.mark.parametrize(
    ("given_pod", "qos"),
    [
        pytest.param(pod(R(f"{SMALL}/{SMALL}")), "Guaranteed", id="requests equal limits"),
        pytest.param(pod(R(f"{SMALL}/{SMALL}"), R(f"{SMALL}/{SMALL}")), "Guaranteed", id="twice"),
        pytest.param(pod(R()), "BestEffort", id="nothing"),
        pytest.param(pod(R(), R("1/2")), "Burstable", id="cpu in one of two"),
        pytest.param(pod(R(), R(f"{SMALL}/{SMALL}")), "Burstable", id="one of two guaranteed"),
        pytest.param(pod(R("mem=100Mi/mem=100Mi")), "Burstable", id="memory only"),
        pytest.param(pod(R(SMALL)), "Burstable", id="no limits"),
        pytest.param(pod(R(f"{SMALL}/200m mem=200Mi"), R(SMALL)), "Burstable", id="equal sums, a limit missing"),
        pytest.param(pod(R("0 mem=0/100m mem=200Mi")), "Burstable", id="requests of 0"),
        pytest.param(pod(R("hp2=2Mi/hp2=2Mi")), "BestEffort", id="hugepages only"),
        pytest.param(pod(R(), I(f"{SMALL}/200m mem=200Mi")), "Burstable", id="an init container only"),
        pytest.param(pod(R(), **level(f"{SMALL}/{SMALL}")), "Guaranteed", id="pod level only"),
        pytest.param(pod(R("3m mem=10Mi/5m mem=20Mi"), **level(f"{SMALL}/{SMALL}")), "Guaranteed", id="pod level over"),
        pytest.param(
            pod(R("10m mem=10Mi/20m mem=50Mi"), **level("10m mem=10Mi/20m mem=50Mi")),
            "Burstable",
            id="pod level burstable",
        ),
        pytest.param(pod(R(), **level("10m mem=10Mi")), "Burstable", id="pod level without limits"),
        pytest.param(pod(R(), **level("1/1")), "Burstable", id="pod level without a memory limit"),
        pytest.param(pod(R(f"/{GUARANTEED}"), I()), "Burstable", id="an init container without limits"),
        pytest.param(pod(R(f"/{GUARANTEED}"), I("/3 mem=1Gi")), "Guaranteed", id="an init container with limits"),
        pytest.param(pod(R(f"/{GUARANTEED}"), S()), "Burstable", id="a sidecar without limits"),
        pytest.param(pod(R(f"0 mem=0/{GUARANTEED}")), "Burstable", id="requests of 0 under limits"),
        pytest.param(pod(R("-1/-1")), "BestEffort", id="amounts below 0"),
        pytest.param(pod(), "BestEffort", id="no containers"),
        *(
            pytest.param(pod(R(f"/{GUARANTEED}"), resources={}, minor=minor), qos, id=f"empty pod level in 1.{minor}")
            for minor, qos in ((33, "Guaranteed"), (34, "BestEffort"), (36, "BestEffort"), (37, "Guaranteed"))
        ),
        pytest.param(pod(R(f"/{GUARANTEED}"), resources=None), "Guaranteed", id="null pod level"),
    ],
)
def test_the_qos_class(given_pod, qos):
    assert effective(given_pod).qos == qos


@pytest.mark.parametrize(
    ("kind", "cpu"), [pytest.param("Pod", "3m", id="a Pod"), pytest.param("Deployment", "4m", id="a template")]
)
def test_pod_level_requests_are_filled_in_before_a_pod_is_rounded_and_after_a_template(kind, cpu):
    given_pod = pod(R("1500u"), R("1500u"), kind=kind, **level("/mem=1Gi"))

    assert canonical(pod_level(given_pod).requests) == {"cpu": cpu, "memory": "1Gi"}


@pytest.mark.parametrize(
    ("given_pod", "requests", "limits"),
    [
        pytest.param(
            pod(R("/hp2=4Mi"), **level("1 hp2=2Mi")), "1 hp2=2Mi", "", id="not where the pod requests that size"
        ),
        pytest.param(pod(R("/hp2=4Mi"), **level("1")), "1 hp2=4Mi", "hp2=4Mi", id="with a pod request alone"),
        pytest.param(pod(R("1"), **level("mem=1Gi")), "mem=1Gi", "", id="requests only where there are limits"),
        pytest.param(pod(R("3"), **level("/gpu=1")), "3", "gpu=1", id="no request for what pods cannot set"),
        pytest.param(pod(R("1"), resources={}), "", "", id="nothing into an empty one"),
    ],
)
def test_the_pod_level_is_filled_in(given_pod, requests, limits):
    requirements = pod_level(given_pod)

    assert canonical(requirements.requests) == dict(sorted(amounts(requests).items()))
    assert canonical(requirements.limits) == dict(sorted(amounts(limits).items()))


def test_a_pod_without_a_pod_level_has_none():
    assert pod_level(pod(R("1"))) is None


def test_absent_null_and_empty_cost_the_same():
    bare = [
        {},
        {"initContainers": None, "containers": None, "overhead": None},
        {"initContainers": [None], "containers": [{}]},
    ]

    costs = [effective(Pod({"spec": spec})) for spec in bare] + [effective(Pod({}))]

    assert all((cost.requests, cost.limits, cost.qos) == ({}, {}, "BestEffort") for cost in costs)


def test_ephemeral_containers_cost_nothing():
    given_pod = pod(R("1"), ephemeralContainers=[R("5")])

    assert canonical(effective(given_pod).requests) == {"cpu": "1"}


def test_amounts_are_rounded_to_thousandths_before_they_are_added():
    given_pod = pod(R("1500u"), R("1500u"), **on_top("100u"))

    assert canonical(effective(given_pod).requests) == {"cpu": "5m"}


def test_overhead_is_rounded_to_thousandths():
    assert canonical(overhead(pod(**on_top("1500u")))) == {"cpu": "2m"}


def test_the_start_up_is_told_in_order():
    told = steps(pod(I("5"), S("1/2"), I("3"), S("2"), R("1"), R("1")))

    assert [(step.name, step.role, step.index) for step in told] == [
        ("i0", Role.INIT, 0),
        ("i1", Role.SIDECAR, 1),
        ("i2", Role.INIT, 2),
        ("i3", Role.SIDECAR, 3),
        ("", Role.APP, 0),
    ]
    assert [str(step.own.requests["cpu"]) for step in told] == ["5", "1", "3", "2", "2"]
    assert [str(step.in_use.requests["cpu"]) for step in told] == ["5", "1", "4", "3", "5"]
    assert [canonical(step.in_use.limits) for step in told] == [
        {},
        {"cpu": "2"},
        {"cpu": "2"},
        {"cpu": "2"},
        {"cpu": "2"},
    ]


def test_the_dominant_step_is_known_for_each_resource():
    told = steps(pod(I("5 mem=1Gi/6"), S("1"), R("1 mem=2Gi/7")))

    assert {name: step.name for name, step in dominant(told).items()} == {"cpu": "i0", "memory": ""}
    assert {name: step.name for name, step in dominant(told, "limits").items()} == {"cpu": ""}


def test_a_tie_goes_to_the_app():
    assert dominant(steps(pod(I("2"), R("2"))))["cpu"].role is Role.APP


AMOUNTS = st.sampled_from(["0", "1", "250m", "1500u", "2", "1Gi", "100M", "1e3"])
LISTS = st.dictionaries(st.sampled_from(["cpu", "memory", "hugepages-2Mi", "example.com/gpu"]), AMOUNTS, max_size=3)
CONTAINERS = st.builds(
    lambda make, requests, limits: {**make(), "resources": {"requests": requests, "limits": limits}},
    st.sampled_from([R, I, S]),
    LISTS,
    LISTS,
)
MANY = st.lists(CONTAINERS, max_size=6)


def covers(larger, smaller):
    return all(name in larger and larger[name] >= amount for name, amount in smaller.items())


@given(MANY, LISTS)
def test_a_pod_costs_at_least_what_each_moment_needs(containers, extra):
    given_pod = pod(*containers, overhead=extra)

    cost = effective(given_pod)

    for step in steps(given_pod):
        for part in (step.own, step.in_use):
            assert covers(cost.requests, part.requests)
            assert covers(cost.limits, part.limits)
    assert covers(cost.requests, overhead(given_pod))


@given(MANY)
def test_without_overhead_a_pod_costs_the_largest_moment_and_no_more(containers):
    given_pod = pod(*containers)

    cost, told = effective(given_pod), steps(given_pod)

    assert cost.requests == maximum(*(step.in_use.requests for step in told))
    assert cost.requests == {name: step.in_use.requests[name] for name, step in dominant(told).items()}
    assert cost.limits == {name: step.in_use.limits[name] for name, step in dominant(told, "limits").items()}


@given(MANY, CONTAINERS, st.integers(0, 6))
def test_one_more_container_never_costs_less(containers, one_more, at):
    fewer = effective(pod(*containers))

    more = effective(pod(*containers[:at], one_more, *containers[at:]))

    assert covers(more.requests, fewer.requests)
    assert covers(more.limits, fewer.limits)


@given(MANY, st.randoms(use_true_random=False))
def test_a_sidecar_moved_later_never_costs_more(containers, chance):
    early = [at for at, one in enumerate(containers) if one.get("restartPolicy") == "Always"]
    moved = list(containers)
    if early:
        at = chance.choice(early)
        moved.insert(chance.randint(at, len(moved) - 1), moved.pop(at))

    before, after = effective(pod(*containers)), effective(pod(*moved))

    assert covers(before.requests, after.requests)
    assert covers(before.limits, after.limits)


@given(MANY, LISTS)
def test_working_it_out_changes_nothing_of_the_pod(containers, pod_requests):
    given_pod = pod(*containers, resources={"requests": pod_requests})
    before = json.dumps(given_pod.raw)

    effective(given_pod).requests.clear()
    steps(given_pod)

    assert json.dumps(given_pod.raw) == before
