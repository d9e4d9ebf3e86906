"""A course: read, checked, indexed and searched."""

import os

# Without this, onnxruntime tells its makers of every model that it opens.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
