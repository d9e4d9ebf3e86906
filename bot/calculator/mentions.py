"""Find a model's or a GPU's name inside a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from bot.calculator.names import canonical, known_models, refusal, resolve_gpu, resolve_model
from bot.calculator.serving import Gpu
from bot.calculator.shapes import ModelShape

MAX_NAME_WORDS = 7

_WORD = re.compile(r"[a-z0-9][a-z0-9./_]*", re.ASCII)
# A word that can open a model's name. Those that are also common words or symbols (o1, opt,
# phi, palm, led) count only when a number follows; see _opens.
_FAMILY = re.compile(
    r"(?:[\w.-]+/)?(?:llama|mistral|mixtral|falcon|palm|gemma|qwen|phi|deepseek|jamba|mamba|opt"
    r"|gpt|chatgpt|claude|gemini|grok|bert|roberta|distilbert|deberta|albert|electra|longformer"
    r"|bigbird|t5|bart)[\w./]*"
)
_NEEDS_NUMBER = re.compile(r"(?:opt|phi|gpt|palm)$")
# What may follow the family word inside a name: a version, a size, a tuning.
_TAIL = re.compile(
    r"(?:v?\d+(?:\.\d+)*(?:b|o|x\d+b)?|a\d+(?:\.\d+)?b|\d+(?:\.\d+)?[bm]|v\d\S*|r1|turbo|o|mini"
    r"|small|medium|large|xl|pro|ultra|flash|opus|sonnet|haiku|base|chat|instruct|it|hf)"
)
_COUNT = r"(?:(?P<count>\d{1,4}|two|three|four|eight|sixteen)\s*(?:x|×)?\s*)?"
_CARD = (
    r"(?P<card>a100|h100|h200|b200|l40s|v100|mi300x?|(?:rtx\s*)?(?:3090|4090|5090)|a10g"
    r"|(?<=an )(?:a10|l4)|(?<=nvidia )(?:a10|l4|t4)|(?<=a )t4|(?:a10|l4|t4)(?=s?\s+(?:gpu|card)))"
)
_GPU = re.compile(
    rf"(?<![\w.-]){_COUNT}(?:nvidia\s+|amd\s+)?{_CARD}s?"
    r"(?:[ -](?:sxm5?|pcie|(?:40|80|141)\s?gb?\b))*(?!\w)"
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "eight": 8, "sixteen": 16}


@dataclass(frozen=True, slots=True)
class ModelMention:
    """A name between `start` and `end` of the sentence; `shape` is None where it is refused."""

    name: str
    start: int
    end: int
    shape: ModelShape | None

    def require(self) -> ModelShape:
        """Return the shape; raises CalculatorError with the reason or the nearest names."""
        return self.shape or resolve_model(self.name)


@dataclass(frozen=True, slots=True)
class GpuMention:
    """One or more cards named in the sentence."""

    gpu: Gpu
    cards: int
    start: int
    end: int


_FAMILIES = ("llama", "mistral", "mixtral", "falcon", "gemma", "qwen", "deepseek", "jamba", "mamba")
NEAR_FAMILY = 80  # percent of letters that a misspelled family shares with the real one
_SIZED = re.compile(r"\d+(?:\.\d+)?b")
SHORTEST_FAMILY = 4
SIZE_WITHIN = 3  # words after a misspelled family in which its size must stand


def find_model(text: str) -> ModelMention | None:
    """Return the first model named in `text` (small letters), known or refused or unknown."""
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words):
        if _FAMILY.fullmatch(word[0]) and _opens(words, index):
            return _longest(text, words, index)
        if _misspelled(words, index):
            return _longest(text, words, index)
    return None


def _misspelled(words: list[re.Match[str]], index: int) -> bool:
    """Whether a word is nearly a family's name and a size follows: "lama 2 70b"."""
    sized = any(_SIZED.fullmatch(w[0]) for w in words[index + 1 : index + 1 + SIZE_WITHIN])
    if not sized or len(words[index][0]) < SHORTEST_FAMILY:
        return False
    near = process.extractOne(
        words[index][0], _FAMILIES, scorer=fuzz.ratio, score_cutoff=NEAR_FAMILY
    )
    return near is not None


def find_gpu(text: str) -> GpuMention | None:
    """Return the first GPU named in `text` (small letters)."""
    found = _GPU.search(text)
    if not found:
        return None
    start = found.start("card")
    name = text[start : found.end()].rstrip()
    name = re.sub(r"^(\S*\d[gx]?)s\b", r"\1", name) if not name.startswith("l40s") else name
    count = found["count"] or "1"
    cards = _COUNTS.get(count) or int(count)
    return GpuMention(resolve_gpu(name), max(1, cards), found.start(), found.end())


def _opens(words: list[re.Match[str]], index: int) -> bool:
    word = words[index][0]
    if not _NEEDS_NUMBER.match(word.rsplit("/", 1)[-1]):
        return True
    following = words[index + 1][0] if index + 1 < len(words) else ""
    return following[:1].isdigit() or canonical(word) in known_models()


def _longest(text: str, words: list[re.Match[str]], index: int) -> ModelMention:
    """The longest run of words that is a known name; else what looks like one."""
    start = words[index].start()
    most = min(len(words), index + MAX_NAME_WORDS)
    for last in range(most - 1, index - 1, -1):
        name = text[start : words[last].end()].rstrip(".")
        shape = known_models().get(canonical(name))
        if shape and not _crosses_a_gap(text[start : words[last].end()]):
            return ModelMention(name, start, start + len(name), shape)
    last = index
    while last + 1 < most and _TAIL.fullmatch(words[last + 1][0].rstrip(".")):
        last += 1
    name = text[start : words[last].end()].rstrip(".")
    return ModelMention(name, start, start + len(name), None)


def _crosses_a_gap(span: str) -> bool:
    return bool(re.search(r"[,;:?!()]|\. ", span))


@cache
def is_unpublished(name: str) -> bool:
    """Whether `name` is a model whose maker publishes no architecture."""
    return bool(refusal(name, kinds=("unpublished",)))
