"""Random model shapes for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.calculator.shapes import AttentionLayers, LatentLayers, Layers, ModelShape, StateLayers
from bot.calculator.units import BF16, FP8, FP16, FP32, INT4, INT4_GROUPED, INT8

DTYPES = st.sampled_from([FP32, FP16, BF16, FP8, INT8, INT4, INT4_GROUPED])
CONTEXTS = st.integers(1, 300_000)
WINDOWS = st.none() | st.integers(1, 200_000)
LAYERS = st.integers(1, 130)


@st.composite
def attention_layers(draw: st.DrawFn, windows: st.SearchStrategy[int | None] = WINDOWS) -> Layers:
    kv_heads, ratio = draw(st.integers(1, 16)), draw(st.integers(1, 16))
    head_dim = 2 * draw(st.integers(1, 160))
    return AttentionLayers(draw(LAYERS), kv_heads * ratio, kv_heads, head_dim, draw(windows))


LATENT = st.builds(
    LatentLayers,
    count=LAYERS,
    heads=st.integers(1, 128),
    rank=st.sampled_from([256, 512]),
    rope_dim=st.sampled_from([32, 64]),
    key_dim=st.just(192),
    value_dim=st.just(128),
)
RECURRENT = st.builds(
    StateLayers,
    count=LAYERS,
    inner=st.integers(1, 9000),
    state=st.integers(1, 256),
    conv_channels=st.integers(1, 9000),
    conv_width=st.integers(1, 8),
)
FULL_ATTENTION = attention_layers(st.none())
SHAPES = st.lists(attention_layers() | LATENT | RECURRENT, min_size=1, max_size=4).map(
    lambda layers: ModelShape("a shape", tuple(layers))
)
FULL_SHAPES = st.lists(FULL_ATTENTION, min_size=1, max_size=3).map(
    lambda layers: ModelShape("a shape", tuple(layers))
)
