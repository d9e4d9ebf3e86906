"""Which calculation a question asks for: one cautious test for each kind."""

from __future__ import annotations

from bot.calculator.asking import Question
from bot.calculator.topics import length_factor

PAIR = 2


def asks_serving(q: Question) -> bool:
    """Whether a model is to be put on a GPU."""
    about = q.about
    wants = about.fit or about.speed or about.most or about.memory or about.kv or about.quantity
    return bool(q.reading.gpu and q.names_a_shape and wants)


def asks_budget(q: Question) -> bool:
    """Whether it is asked how much of a model's cache so much memory holds."""
    about, reading = q.about, q.reading
    wants = about.fit or about.most or (about.quantity and not about.claim)
    return bool(reading.memory and not reading.gpu and q.names_a_shape and wants)


def asks_scores(q: Question) -> bool:
    """Whether the size of the score matrix is asked for."""
    about = q.about
    wants = about.memory or about.quantity
    return bool(about.score and q.reading.lengths and wants and not about.kv and not about.times)


def asks_ratio(q: Question) -> bool:
    """Whether attention at two lengths is compared."""
    about, reading = q.about, q.reading
    if not _two_lengths(q) or about.kv or about.saving:
        return False
    return bool(reading.price or about.attention or about.work) and (
        about.times or about.quantity or bool(reading.price)
    )


def _two_lengths(q: Question) -> bool:
    return len(q.reading.lengths) == PAIR


def asks_cache_ratio(q: Question) -> bool:
    """Whether the cache at two lengths is compared, with no model named."""
    return _two_lengths(q) and q.about.kv and q.about.times and not q.names_a_shape


def asks_window(q: Question) -> bool:
    """Whether a window's saving is asked for."""
    about, reading = q.about, q.reading
    wants = about.saving or about.times or about.quantity
    return bool(reading.window and reading.lengths and wants and not about.kv)


def asks_cache(q: Question) -> bool:
    """Whether the size of a KV cache or a recurrent state is asked for."""
    about, reading = q.about, q.reading
    sized = bool(reading.lengths or reading.users or reading.fault or about.whole)
    named = about.kv or about.technique
    if about.quality or (about.claim and not about.quantity):
        return False
    if q.names_a_shape:
        if about.per_token and q.is_clear and not about.attention and not about.speed:
            return named or about.memory
        if not sized:
            return about.quantity and (named or _asks_state(q)) and q.is_clear
        bare = bool(reading.lengths and reading.users and not about.work)
        return named or bare or (about.quantity and about.memory and not about.attention)
    return about.kv and about.quantity and bool(reading.lengths)


def _asks_state(q: Question) -> bool:
    model = q.reading.model
    return q.about.state and bool(model and model.shape and model.shape.recurrent)


def asks_flops(q: Question) -> bool:
    """Whether attention's FLOPs are asked for."""
    about, sizes = q.about, q.reading.sizes
    subject = about.flops or (about.attention and (about.work or about.share))
    sized = q.names_a_shape or "d_model" in sizes
    wants = about.quantity or about.flops or about.share
    return bool(subject and sized and q.reading.lengths and wants)


def asks_factor(q: Question) -> bool:
    """Whether a context so many times as long is asked about."""
    about = q.about
    if q.reading.lengths or not (about.attention or about.kv) or not about.growth:
        return False
    return bool(length_factor(q.text))
