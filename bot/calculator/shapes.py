"""The shape of a model as groups of layers; interleaved and hybrid models are sums of groups."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calculator.errors import CalculatorError


@dataclass(frozen=True, slots=True)
class AttentionLayers:
    """`count` layers of softmax attention that cache K and V.

    `heads` query heads (0 where unknown) share `kv_heads` heads of `head_dim` numbers. With a
    `window` a layer keeps only the last `window` tokens (a rolling buffer). `value_dim` is set
    only where a value is not as wide as a key.
    """

    count: int
    heads: int
    kv_heads: int
    head_dim: int
    window: int | None = None
    value_dim: int = 0

    def __post_init__(self) -> None:
        if not self.heads:
            return
        if self.kv_heads > self.heads:
            raise CalculatorError(
                f"There cannot be more KV heads ({self.kv_heads}) than query heads ({self.heads})."
            )
        if self.heads % self.kv_heads:
            raise CalculatorError(
                f"{self.heads} query heads cannot be shared evenly by {self.kv_heads} KV heads: "
                "the first must be a multiple of the second."
            )

    @property
    def value_width(self) -> int:
        """Numbers in one head's value vector."""
        return self.value_dim or self.head_dim


@dataclass(frozen=True, slots=True)
class LatentLayers:
    """`count` layers of multi-head latent attention (MLA; DeepSeek-V2, arXiv 2405.04434).

    A token caches ONE vector a layer: `rank` compressed numbers and `rope_dim` rotary ones, so
    there is no factor 2. `key_dim` and `value_dim` are a head's widths once expanded (0 unknown).
    """

    count: int
    heads: int
    rank: int
    rope_dim: int
    key_dim: int = 0
    value_dim: int = 0


@dataclass(frozen=True, slots=True)
class StateLayers:
    """`count` recurrent layers (Mamba and its kin) with a state of fixed size.

    A layer keeps `inner` x `state` numbers, and the last `conv_width` inputs of each of
    `conv_channels` convolution channels.
    """

    count: int
    inner: int
    state: int
    conv_channels: int
    conv_width: int

    @property
    def elements(self) -> int:
        """Numbers kept by one layer, whatever the length."""
        return self.inner * self.state + self.conv_channels * self.conv_width


Layers = AttentionLayers | LatentLayers | StateLayers


@dataclass(frozen=True, slots=True)
class ModelShape:
    """What a calculation needs to know of a model; 0 or None where unpublished or unknown.

    `native_context` is the position limit of the stated source in tokens; `parameters` counts
    every weight, `active` those that one token passes through (mixture of experts).
    """

    name: str
    layers: tuple[Layers, ...]
    d_model: int = 0
    native_context: int | None = None
    parameters: int = 0
    active: int = 0
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def attention(self) -> tuple[AttentionLayers, ...]:
        """The groups of layers with an ordinary K and V cache."""
        return tuple(group for group in self.layers if isinstance(group, AttentionLayers))

    @property
    def latent(self) -> tuple[LatentLayers, ...]:
        """The groups of MLA layers."""
        return tuple(group for group in self.layers if isinstance(group, LatentLayers))

    @property
    def growing(self) -> tuple[AttentionLayers | LatentLayers, ...]:
        """The groups of layers whose cache grows with length."""
        return (*self.attention, *self.latent)

    @property
    def recurrent(self) -> tuple[StateLayers, ...]:
        """The groups of layers with a state of fixed size."""
        return tuple(group for group in self.layers if isinstance(group, StateLayers))

    @property
    def layer_count(self) -> int:
        """All layers of the model."""
        return sum(group.count for group in self.layers)


def uniform(
    layers: int, heads: int, kv_heads: int, head_dim: int, window: int | None = None
) -> ModelShape:
    """A model whose layers are all alike, from the sizes that a person typed."""
    group = AttentionLayers(layers, heads, kv_heads, head_dim, window)
    return ModelShape(name="this shape", layers=(group,), d_model=heads * head_dim)
