"""The compose file fits the program and its image: settings, secrets, probes, folders, grace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.discord.bot import GRACE as DISCORD_GRACE
from adapters.slack.http_mode import GRACE, READY_PATH
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
IMAGE = (ROOT / "deploy" / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"] == "seminar"}
SETTINGS = {f"SEMINAR_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(params=OURS)
def service(request: pytest.FixtureRequest) -> dict[str, Any]:
    return OURS[request.param]


def set_in(service: dict[str, Any]) -> dict[str, str]:
    """What a container's environment says, over the image's own."""
    named = re.findall(r"(SEMINAR_\w+)=(\S+)", IMAGE)
    return {**dict(named), **service["environment"]}


def test_two_slack_workers_and_a_discord_bot_are_run() -> None:
    assert sorted(one["command"][0] for one in OURS.values()) == ["discord", "slack", "slack"]


def test_every_variable_and_secret_is_a_setting(service: dict[str, Any]) -> None:
    assert set(set_in(service)) | set(service["secrets"]) <= SETTINGS


def test_every_secret_is_a_file_that_the_operator_is_told_to_make() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    wanted = {name for one in SERVICES.values() for name in one.get("secrets", ())}
    assert wanted == set(COMPOSE["secrets"])
    for secret in COMPOSE["secrets"].values():
        assert f"`{Path(secret['file']).name}`" in page


def test_every_secret_is_read_from_its_file_and_kept_out_of_the_repository(tmp_path: Path) -> None:
    names = {name for one in OURS.values() for name in one["secrets"]}
    for name in names:
        (tmp_path / name).write_text(f"what {name} holds\n")
    made = Settings(_env_file=None, _secrets_dir=tmp_path)  # type: ignore[call-arg]
    for name in names:
        secret = getattr(made, name.removeprefix("SEMINAR_").lower())
        assert secret.get_secret_value() == f"what {name} holds"
    folders = {Path(secret["file"]).parent.name for secret in COMPOSE["secrets"].values()}
    assert {f"{folder}/" for folder in folders} <= set((ROOT / ".gitignore").read_text().split())


def test_what_the_operator_leaves_unset_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    left = re.compile(r"\$\{\w+:?-(.*)\}")
    for name, value in OURS["slack-1"]["environment"].items():
        monkeypatch.setenv(name, left.sub(r"\1", value))
    made = Settings(_env_file=None)  # type: ignore[call-arg]
    assert (made.model, made.model_base_url, made.model_api_key) == (None, None, None)


def test_a_worker_is_probed_at_the_port_and_path_where_it_tells_whether_it_is_ready(
    service: dict[str, Any],
) -> None:
    [program, _, code] = service["healthcheck"]["test"][1:]
    assert program == "python", "the image has no curl"
    default = Settings.model_fields["http_port"].default
    port = set_in(service).get("SEMINAR_METRICS_PORT", default)
    assert f"http://127.0.0.1:{port}{READY_PATH}'" in code


def test_only_folders_that_the_user_owns_are_written(service: dict[str, Any]) -> None:
    [volume] = service["volumes"]
    name, _, folder = volume.partition(":")
    assert service["read_only"]
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 (a folder of the container's own)
    assert set_in(service)["SEMINAR_DATA"] == folder
    assert f"install -d -o seminar -g seminar -m 0700 {folder}" in IMAGE
    assert f"VOLUME {folder}" in IMAGE
    assert sum(name == v.partition(":")[0] for o in OURS.values() for v in o["volumes"]) == 1


def test_a_worker_has_longer_to_stop_than_it_takes(service: dict[str, Any]) -> None:
    assert int(service["stop_grace_period"].removesuffix("s")) > max(GRACE, DISCORD_GRACE)


def test_what_is_needed_is_there() -> None:
    volumes = {v.split(":")[0] for one in SERVICES.values() for v in one.get("volumes", ())}
    assert {name for name in volumes if not name.startswith(".")} == set(COMPOSE["volumes"])
    for one in SERVICES.values():
        for name, how in one.get("depends_on", {}).items():
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[name]


def test_the_balancer_knows_every_slack_worker_by_its_name() -> None:
    config = (ROOT / "deploy" / "balancer.conf").read_text()
    named = re.findall(r"server (\S+):8080", config)
    assert named == [name for name, one in OURS.items() if one["command"] == ["slack"]]
