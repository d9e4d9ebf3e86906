"""How each Hugging Face model_type lays out its layers: one small reader a family.

Source of names, defaults and layer rules: the configuration classes of transformers 5.24.0.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.calculator.config_fields import Fields
from bot.calculator.errors import CalculatorError
from bot.calculator.presets import families
from bot.calculator.shapes import AttentionLayers, LatentLayers, Layers, ModelShape, StateLayers

Reader = Callable[[Fields], ModelShape]

_FAMILIES = families()

# Wrappers whose text model lies in "text_config", and the type of that model where the file
# leaves it out ("" unknown).
MULTIMODAL: dict[str, str] = _FAMILIES["wrapper"]
# Types that read a text whole, or that have two kinds of cache.
ENCODERS = frozenset(_FAMILIES["encoder"]["types"])
# Where the class takes a missing num_key_value_heads to mean one for each query head.
_KV_HEADS_OPTIONAL = frozenset(_FAMILIES["defaults"]["kv_heads_optional"])
# Where head_dim does not follow from hidden_size / heads.
_HEAD_DIM_NEEDED = tuple(_FAMILIES["defaults"]["head_dim_needed"])


def _plain(fields: Fields) -> ModelShape:
    """Llama and its many relatives: full attention, KV heads as given or as many as heads."""
    if fields.data.get("layer_types"):
        return _listed(fields)
    return _shape(fields, (_heads(fields, _layers(fields)),))


def _window(fields: Fields) -> ModelShape:
    """Every layer has the window, if the config has one."""
    if fields.kind in {"mistral", "starcoder2"} and "sliding_window" not in fields.data:
        raise CalculatorError(
            f'The {fields.kind} config lacks the field "sliding_window" (null means no window).'
        )
    return _shape(fields, (_heads(fields, _layers(fields), fields.length("sliding_window")),))


def _late_window(fields: Fields) -> ModelShape:
    """Qwen: with use_sliding_window, the layers from max_window_layers on have the window."""
    if fields.data.get("layer_types"):
        return _listed(fields)
    layers = _layers(fields)
    if not fields.flag("use_sliding_window", default=False) or not fields.has("sliding_window"):
        return _shape(fields, (_heads(fields, layers),))
    full = min(layers, int(fields.data.get("max_window_layers") or 0))
    window = fields.length("sliding_window")
    return _shape(fields, (_heads(fields, full), _heads(fields, layers - full, window)))


def _every_nth_full(fields: Fields, period: int) -> ModelShape:
    if fields.data.get("layer_types"):
        return _listed(fields)
    layers = _layers(fields)
    full = layers // period
    window = fields.size("sliding_window")
    return _shape(fields, (_heads(fields, layers - full, window), _heads(fields, full)))


def _gemma2(fields: Fields) -> ModelShape:
    """Layers 1, 3, 5 ... have the window, the others are full."""
    return _every_nth_full(fields, 2)


def _gemma3(fields: Fields) -> ModelShape:
    """Every sixth layer is full. Published files leave out what equals the class default."""
    known = {
        "num_attention_heads": fields.or_default("num_attention_heads", 8),
        "num_key_value_heads": fields.or_default("num_key_value_heads", 4),
        "head_dim": fields.or_default("head_dim", 256),
        "sliding_window": fields.or_default("sliding_window", 4096),
        "max_position_embeddings": fields.or_default("max_position_embeddings", 131_072),
    }
    period = fields.optional("sliding_window_pattern", "_sliding_window_pattern") or 6
    whole = Fields(fields.kind, {**fields.data, **known}, fields.defaulted)
    return _every_nth_full(whole, period)


def _listed(fields: Fields) -> ModelShape:
    """A config that names the type of every layer."""
    types = fields.names("layer_types") or []
    if len(types) != _layers(fields):
        raise CalculatorError(
            f'The {fields.kind} config\'s "layer_types" must name all {_layers(fields)} layers.'
        )
    unknown = set(types) - {"full_attention", "sliding_attention"}
    if unknown:
        raise CalculatorError(
            f'The {fields.kind} config has layers of type "{min(unknown)[:40]}", '
            "which this calculator does not know."
        )
    local = types.count("sliding_attention")
    window = fields.size("sliding_window") if local else None
    full = len(types) - local
    return _shape(fields, (_heads(fields, local, window), _heads(fields, full)))


def _falcon(fields: Fields) -> ModelShape:
    """num_kv_heads in the new architecture; before it, one KV head if multi_query."""
    layers = _layers(fields)
    heads = fields.size("num_attention_heads", "n_head")
    if fields.flag("new_decoder_architecture", default=False):
        kv_heads = fields.size("num_kv_heads", "n_head_kv")
    else:
        kv_heads = 1 if fields.flag("multi_query", default=True) else heads
    return _shape(fields, (AttentionLayers(layers, heads, kv_heads, _head_dim(fields, heads)),))


def _gpt_bigcode(fields: Fields) -> ModelShape:
    layers, heads = _layers(fields), fields.size("n_head", "num_attention_heads")
    kv_heads = 1 if fields.flag("multi_query", default=True) else heads
    return _shape(fields, (AttentionLayers(layers, heads, kv_heads, _head_dim(fields, heads)),))


def _every_head(fields: Fields) -> ModelShape:
    """GPT-2 and its contemporaries: every query head has its own K and V."""
    heads = fields.size("num_attention_heads", "n_head", "n_heads")
    group = AttentionLayers(_layers(fields), heads, heads, _head_dim(fields, heads))
    return _shape(fields, (group,))


def _mla(fields: Fields) -> ModelShape:
    """DeepSeek: num_key_value_heads is no part of the cache."""
    nope, rope = fields.size("qk_nope_head_dim"), fields.size("qk_rope_head_dim")
    group = LatentLayers(
        count=_layers(fields),
        heads=fields.size("num_attention_heads"),
        rank=fields.size("kv_lora_rank"),
        rope_dim=rope,
        key_dim=nope + rope,
        value_dim=fields.size("v_head_dim"),
    )
    return _shape(fields, (group,))


def _jamba(fields: Fields) -> ModelShape:
    """One attention layer each attn_layer_period; the others are Mamba layers."""
    layers = _layers(fields)
    period = fields.size("attn_layer_period")
    offset = fields.data.get("attn_layer_offset")
    if isinstance(offset, bool) or not isinstance(offset, int) or not 0 <= offset < period:
        raise CalculatorError('The jamba config\'s "attn_layer_offset" must be below the period.')
    attention = len(range(offset, layers, period))
    inner = fields.size("mamba_expand") * fields.size("hidden_size")
    states = StateLayers(
        layers - attention,
        inner,
        fields.size("mamba_d_state"),
        inner,
        fields.size("mamba_d_conv"),
    )
    return _shape(fields, (_heads(fields, attention), states))


def _mamba(fields: Fields) -> ModelShape:
    inner = fields.optional("intermediate_size", "d_inner") or (
        fields.size("expand") * fields.size("hidden_size", "d_model")
    )
    group = StateLayers(
        _layers(fields), inner, fields.size("state_size"), inner, fields.size("conv_kernel")
    )
    return _shape(fields, (group,))


def _mamba2(fields: Fields) -> ModelShape:
    """The convolution also runs over B and C, n_groups x state_size channels each."""
    inner = fields.size("num_heads") * fields.size("head_dim")
    state = fields.size("state_size")
    channels = inner + 2 * fields.size("n_groups") * state
    group = StateLayers(_layers(fields), inner, state, channels, fields.size("conv_kernel"))
    return _shape(fields, (group,))


def _layers(fields: Fields) -> int:
    return fields.size("num_hidden_layers", "n_layer", "n_layers", most=10_000)


def _heads(fields: Fields, count: int, window: int | None = None) -> AttentionLayers:
    heads = fields.size("num_attention_heads", "n_head")
    name = "num_key_value_heads"
    absent_means_heads = fields.kind in _KV_HEADS_OPTIONAL or name in fields.data
    kv_heads = (fields.optional(name) or heads) if absent_means_heads else fields.size(name)
    return AttentionLayers(count, heads, kv_heads, _head_dim(fields, heads), window)


def _head_dim(fields: Fields, heads: int) -> int:
    given = fields.optional("head_dim")
    if given:
        return given
    if fields.kind.startswith(_HEAD_DIM_NEEDED):
        return fields.size("head_dim")
    hidden = fields.size("hidden_size", "n_embd", "d_model")
    if hidden % heads:
        raise CalculatorError(
            f'The {fields.kind} config needs "head_dim": hidden size {hidden} is no multiple of '
            f"{heads} heads."
        )
    return hidden // heads


def _shape(fields: Fields, layers: tuple[Layers, ...]) -> ModelShape:
    return ModelShape(
        name=f"the {fields.kind} model of this config",
        layers=tuple(group for group in layers if group.count),
        d_model=fields.optional("hidden_size", "n_embd", "d_model") or 0,
        native_context=fields.length("max_position_embeddings", "n_positions", "max_seq_len"),
        source="the config.json given",
        notes=fields.notes(),
    )


_BY_LAYOUT: dict[str, Reader] = {
    "plain": _plain,
    "window": _window,
    "late_window": _late_window,
    "alternating": _gemma2,
    "every_sixth_full": _gemma3,
    "every_head": _every_head,
    "falcon": _falcon,
    "gpt_bigcode": _gpt_bigcode,
    "mla": _mla,
    "jamba": _jamba,
    "mamba": _mamba,
    "mamba2": _mamba2,
}
READERS: dict[str, Reader] = {
    kind: _BY_LAYOUT[layout] for layout, kinds in _FAMILIES["layout"].items() for kind in kinds
}
