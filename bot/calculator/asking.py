"""A question as the door understands it: its words, its sizes, its subject."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calculator.errors import CalculatorError
from bot.calculator.mentions import is_unpublished
from bot.calculator.names import refusal
from bot.calculator.reading import Reading
from bot.calculator.shapes import AttentionLayers, LatentLayers, ModelShape
from bot.calculator.topics import Topics


@dataclass(frozen=True, slots=True)
class Question:
    """`shape` is that of a pasted config; otherwise the model or the sizes are in `reading`."""

    text: str
    reading: Reading
    about: Topics
    shape: ModelShape | None = None

    @property
    def names_a_shape(self) -> bool:
        """Whether the question says of which model it speaks."""
        return bool(self.shape or self.reading.model or self._typed_sizes())

    @property
    def unpublished(self) -> str:
        """The name of a model whose architecture nobody outside knows, or ""."""
        model = self.reading.model
        return model.name if model and model.shape is None and is_unpublished(model.name) else ""

    @property
    def is_clear(self) -> bool:
        """Whether the model is known, or known to be refused: not half a name."""
        model = self.reading.model
        return not model or bool(model.shape or self._typed_sizes() or refusal(model.name))

    def require_shape(self) -> ModelShape:
        """Return the shape asked about; raises CalculatorError where it must be refused.

        Typed sizes win over a name without a known shape ("GPT-4 scale: 96 layers, ...").
        """
        model = self.reading.model
        if self.shape:
            return self.shape
        if model and (model.shape or not self._typed_sizes()):
            return model.require()
        return self._from_sizes()

    def _typed_sizes(self) -> bool:
        sizes = self.reading.sizes
        known = {"heads", "kv_heads", "head_dim", "kv_lora_rank"}
        return "layers" in sizes and bool(sizes.keys() & known)

    def _from_sizes(self) -> ModelShape:
        sizes = self.reading.sizes
        if "kv_lora_rank" in sizes:
            return self._latent()
        heads = sizes.get("heads", 0)
        kv_heads = sizes.get("kv_heads", heads)
        head_dim = sizes.get("head_dim", 0)
        width = sizes.get("d_model", 0)
        if not head_dim and heads and width and width % heads == 0:
            head_dim = width // heads
        missing = [
            name
            for name, size in (
                ("the number of layers", sizes.get("layers", 0)),
                ("the number of KV heads", kv_heads),
                ("the head dimension", head_dim),
            )
            if not size
        ]
        if missing:
            raise CalculatorError(
                f"To size a KV cache I still need {' and '.join(missing)}; or name a model."
            )
        group = AttentionLayers(sizes["layers"], heads, kv_heads, head_dim, self.reading.window)
        return ModelShape("this shape", (group,), d_model=width or heads * head_dim)

    def _latent(self) -> ModelShape:
        sizes = self.reading.sizes
        if "rope_dim" not in sizes:
            raise CalculatorError(
                "To size an MLA cache I still need the rotary dimension (qk_rope_head_dim)."
            )
        heads = sizes.get("heads", 0)
        group = LatentLayers(sizes["layers"], heads, sizes["kv_lora_rank"], sizes["rope_dim"])
        return ModelShape("this shape", (group,))
