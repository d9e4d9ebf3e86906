"""Turn the packaged sentence-transformers model into one ONNX file, once.

Run as `python -m knowledge.onnx_export SOURCE TARGET`, in a process of its own: torch is
needed for this step only, so its 400 MB never enter the process that serves learners.
The weights stay float32: int8 ("dynamic" quantisation) saved 13 MB and 2 ms a query, but
moved vectors by up to 2% in cosine, while these agree with torch to 6 decimals.
"""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

import sys
import tempfile
from pathlib import Path

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "last_hidden_state"


def export(source: Path, target: Path) -> None:
    """Write the transformer in folder `source` as ONNX to `target`, all or nothing.

    In: token ids, mask and types, int64 of shape (batch, tokens). Out: the last hidden state,
    float32 of shape (batch, tokens, width); pooling is left to the caller.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as scratch:
        written = Path(scratch, "model.onnx")
        _trace(source, written)
        written.replace(target)


def _trace(source: Path, target: Path) -> None:
    """Write the graph of the model in `source`, with free batch size and length."""
    import torch
    from transformers import AutoModel

    class LastHiddenState(torch.nn.Module):
        """The model with plain tensors in and one tensor out, as ONNX wants it."""

        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(source, attn_implementation="eager")

        def forward(
            self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor
        ) -> torch.Tensor:
            out = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types)
            hidden: torch.Tensor = out.last_hidden_state
            return hidden

    # Three tensors: one given twice would be traced as one input.
    ids, mask = torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long)
    free = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens")}
    with torch.no_grad():
        torch.onnx.export(
            LastHiddenState().eval(),
            (ids, mask, torch.zeros_like(ids)),
            target,
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_shapes=(free, free, free),
            dynamo=True,
            external_data=False,
            verbose=False,
        )


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
