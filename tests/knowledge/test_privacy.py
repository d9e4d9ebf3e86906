"""Nothing that the program is made of reports on who uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OPENS_A_MODEL = """
import sys
import {first}
import onnxruntime
from onnx import TensorProto, helper

there = helper.make_tensor_value_info("there", TensorProto.FLOAT, [1])
back = helper.make_tensor_value_info("back", TensorProto.FLOAT, [1])
node = helper.make_node("Identity", ["there"], ["back"])
graph = helper.make_graph([node], "graph", [there], [back])
opset = helper.make_opsetid("", 17)
model = helper.make_model(graph, opset_imports=[opset], ir_version=10)
onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
"""
SILENCED_BY = {"ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI"}


def left_at_home(home: Path, first: str) -> list[Path]:
    """What stands in a new home after a model was opened, `first` having been imported."""
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in SILENCED_BY}
    command = [sys.executable, "-c", OPENS_A_MODEL.format(first=first)]
    environment |= {"HOME": str(home)}
    environment.pop("XDG_CACHE_HOME", None)
    subprocess.run(command, env=environment, check=True)  # noqa: S603 (a program of our own)
    return [file for file in home.rglob("*") if "onnxruntime" in file.name]


def test_onnxruntime_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    assert left_at_home(tmp_path / "with", "knowledge") == []
