"""The Kubernetes example, read as data and held against Kubernetes' own schemas: no cluster runs here."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
FILES = sorted(FOLDER.glob("*.yaml"))
OBJECTS: list[dict[str, Any]] = [one for path in FILES for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))]
PODS = {o["metadata"]["name"]: o["spec"]["template"] for o in OBJECTS if o["kind"] in ("Deployment", "Job")}
CONTAINERS = [(pod, c) for pod, t in PODS.items() for c in [*t["spec"].get("initContainers", []), *t["spec"]["containers"]]]
NAMES = [f"{pod}-{container['name']}" for pod, container in CONTAINERS]
KUBECTL = shutil.which("kubectl")


def policy(name: str) -> dict[str, Any]:
    return next(o["spec"] for o in OBJECTS if o["kind"] == "NetworkPolicy" and o["metadata"]["name"] == name)


def container(pod: str, name: str) -> dict[str, Any]:
    return next(c for p, c in CONTAINERS if (p, c["name"]) == (pod, name))


@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_schemas(schemas: Path, version: str) -> None:
    """Each object is what that version of Kubernetes takes, with no property that it does not know."""
    command = [str(schemas / "kubernetes-validate"), "-k", version, "--strict", "--quiet", *map(str, FILES)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not KUBECTL, reason="kubectl is not installed")
def test_kustomize_puts_it_together() -> None:
    """`kubectl kustomize deploy` gives every object, in our namespace, with images that a cluster can pull and the tested Caddyfile."""
    done = subprocess.run([str(KUBECTL), "kustomize", str(ROOT / "deploy")], capture_output=True, check=False, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    made = list(yaml.safe_load_all(done.stdout))
    assert len(made) == len([o for o in OBJECTS if o["kind"] != "Job"]) + 1
    assert {o["metadata"].get("namespace") for o in made if o["kind"] != "Namespace"} == {"confianza"}
    assert "image: confianza-" not in done.stdout
    assert any(o.get("data", {}).get("Caddyfile") == (ROOT / "deploy" / "Caddyfile").read_text() for o in made)


@pytest.mark.parametrize("pod", sorted(PODS))
def test_pods_are_restricted(pod: str) -> None:
    """No pod is root, sees the machine, holds a key to the cluster, or chooses its own system calls."""
    spec = PODS[pod]["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
    assert {kind for volume in spec["volumes"] for kind in volume if kind != "name"} <= {"emptyDir", "persistentVolumeClaim", "configMap"}


@pytest.mark.parametrize(("pod", "found"), CONTAINERS, ids=NAMES)
def test_containers_are_restricted(pod: str, found: dict[str, Any]) -> None:
    """No container writes its root, gains rights, takes a port of the machine, or as much memory as it likes."""
    walls = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    assert found["securityContext"] == walls
    assert not [port for port in found.get("ports", []) if "hostPort" in port]
    assert found["resources"]["limits"]["memory"]
    assert set(found["resources"]["requests"]) == {"cpu", "memory"}


@pytest.mark.parametrize(("pod", "found"), CONTAINERS, ids=NAMES)
def test_commands_are_ours(pod: str, found: dict[str, Any]) -> None:
    """Each `python -m` names a module that is there; images have a version."""
    words = " ".join(found.get("command", [])).split()
    modules = [words[n + 2] for n, word in enumerate(words) if word == "python" and words[n + 1] == "-m"]
    assert all(importlib.util.find_spec(module) for module in modules)
    image = found["image"]
    assert image in ("confianza-brain", "confianza-door") or image.rpartition(":")[2] not in ("", "latest", image)


def test_one_pod_answers_by_itself() -> None:
    """Door, brain and action server share a pod, so that Rasa stays on loopback; only the door has a port, and several pods run."""
    assert [c["name"] for p, c in CONTAINERS if p == "bot"] == ["door", "brain", "actions"]
    assert [c["name"] for p, c in CONTAINERS if p == "bot" and "ports" in c] == ["door"]
    assert next(o for o in OBJECTS if o["kind"] == "Deployment" and o["metadata"]["name"] == "bot")["spec"]["replicas"] > 1
    assert {o["metadata"]["name"] for o in OBJECTS if o["kind"] == "PodDisruptionBudget"} == {"bot", "front"}


def test_health() -> None:
    """A pod begins once a question was answered, and is not taken away later because an answer took long."""
    door = container("bot", "door")
    paths = {probe: door[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "readiness", "liveness")}
    assert paths == {"startup": "/health/ready", "readiness": "/health/live", "liveness": "/health/live"}


def test_only_the_console_writes_content() -> None:
    """Every pod reads the same content; the console alone, and the job that fetched it, may write it. There is one console."""
    writers = {(p, c["name"]) for p, c in CONTAINERS for m in c["volumeMounts"] if m["name"] == "content" and not m.get("readOnly")}
    assert writers == {("console", "console"), ("content", "clone"), ("content", "train")}
    console = next(o for o in OBJECTS if o["kind"] == "Deployment" and o["metadata"]["name"] == "console")["spec"]
    assert (console["replicas"], console["strategy"]) == (1, {"type": "Recreate"})


def test_who_may_speak_with_whom() -> None:
    """At first nobody with nobody. What answers residents hears Caddy and reaches Redis, and no name server, no internet, no database."""
    assert policy("nobody") == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    redis = {"podSelector": {"matchLabels": {"app": "redis"}}}
    assert policy("bot")["egress"] == [{"to": [redis], "ports": [{"protocol": "TCP", "port": 6379}]}]
    assert [peer for row in policy("bot")["ingress"] for peer in row["from"]] == [{"podSelector": {"matchLabels": {"app": "front"}}}]
    assert [peer for row in policy("redis")["ingress"] for peer in row["from"]] == [{"podSelector": {"matchLabels": {"app": "bot"}}}]
    assert "egress" not in policy("redis")
    assert "ingress" not in policy("console")
    selected = {policy(name)["podSelector"]["matchLabels"]["app"] for name in ("bot", "redis", "console", "front", "content")}
    assert selected == {template["metadata"]["labels"]["app"] for template in PODS.values()}


def test_nobody_but_caddy_is_offered_to_the_world() -> None:
    """One Service is a load balancer, and it leads to Caddy; the console has none."""
    services = {o["metadata"]["name"]: o["spec"] for o in OBJECTS if o["kind"] == "Service"}
    types = {name: spec.get("type", "ClusterIP") for name, spec in services.items()}
    assert types == {"front": "LoadBalancer", "door": "ClusterIP", "memory": "ClusterIP"}
    assert services["front"]["selector"] == {"app": "front"}
    assert services["front"]["externalTrafficPolicy"] == "Cluster"
    assert not [o for o in OBJECTS if o["kind"] == "Ingress"]


def test_addresses_come_from_services_that_are_there() -> None:
    """The variables that stand for a Service's address are those that Kubernetes makes of a Service of ours."""
    for pod, name, service in (("bot", "door", "memory"), ("bot", "brain", "memory"), ("front", "caddy", "door")):
        text = repr(container(pod, name)["env"])
        assert f"$({service.upper()}_SERVICE_HOST)" in text
        assert PODS[pod]["spec"]["enableServiceLinks"] is True
        assert any(o["kind"] == "Service" and o["metadata"]["name"] == service for o in OBJECTS)


def test_redis_saves_nothing_and_asks_a_password() -> None:
    """Redis keeps nothing on a disk; its password is neither in a file of ours nor in its command."""
    redis = container("redis", "redis")
    assert '--save "" --appendonly no' in redis["args"][0]
    assert PODS["redis"]["spec"]["volumes"] == [{"name": "data", "emptyDir": {"medium": "Memory", "sizeLimit": "1Mi"}}]
    assert redis["env"][0]["valueFrom"]["secretKeyRef"] == {"name": "confianza-redis", "key": "password"}


def test_no_secret_is_in_the_checkout() -> None:
    """Secrets are made by hand; no object of kind Secret is kept here."""
    assert not [o for o in OBJECTS if o["kind"] == "Secret"]
