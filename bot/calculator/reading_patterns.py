"""The patterns by which sizes are found in a sentence in small letters."""

from __future__ import annotations

import re

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
LENGTH = rf"{NUMBER}(?:\.\d+)?(?:\s?(?:k|m|thousand|million))?"
_PEOPLE = (
    r"(?:users?|requests?|sessions?|conversations?|sequences|people|customers?|streams|clients?"
    r"|chats|learners)"
)
_ADJECTIVE = (
    r"(?:concurrent|simultaneous|parallel|active|long|long[- ]context|chat|different|such|more)"
)
COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "eight": 8, "ten": 10, "sixteen": 16,
    "twenty": 20, "fifty": 50, "a hundred": 100, "one hundred": 100, "hundred": 100,
    "a thousand": 1000, "one thousand": 1000, "one": 1, "a single": 1,
}  # fmt: skip
_COUNT_WORD = "|".join(sorted(COUNTS, key=len, reverse=True))
USERS = re.compile(
    rf"(?<![\w.])(?P<count>{NUMBER}\s?k?|{_COUNT_WORD})\s+(?:{_ADJECTIVE}[ -]){{0,2}}{_PEOPLE}\b"
    rf"|\bbatch(?:[ -]size)?(?:\s+of|\s*=)?\s*(?P<batch>{NUMBER})\b"
)
SIZES = {
    "kv_lora_rank": (r"\b(?:kv[ _]lora[ _]rank|(?:latent )?rank)\s*(?:=|:|of|is)?\s*(?P<a>\d+)\b",),
    "rope_dim": (
        r"\b(?:qk[ _])?rope(?:[ _]head)?(?:[ _]dim(?:ension)?)?\s*(?:=|:|of|is)?\s*(?P<a>\d+)\b",
    ),
    "kv_heads": (
        r"(?P<a>\d+)\s*(?:kv|k/v|key[- ]value)[ -]?heads?\b",
        r"\b(?:kv[ _-]?heads?|num_key_value_heads)\s*(?:=|:|of|is)?\s*(?P<a>\d+)\b",
    ),
    "head_dim": (
        r"\bhead[ _-]?(?:dim(?:ension)?s?|size)\s*(?:=|:|of|is)?\s*(?P<a>\d+)\b",
        r"(?P<a>\d+)[ -]?(?:dim(?:ensional)?s?\s+heads?|head[ _-]dim\w*)\b",
        # In the cache formula a bare d is the head dimension; a model's width is larger.
        r"\bd\s*=\s*(?P<a>\d{1,2}|1\d\d|2[0-4]\d|25[0-6])\b",
    ),
    "heads": (
        r"(?P<a>\d+)\s*(?:attention|query|q)?[ -]?heads?\b",
        r"\bheads\s*(?:=|:|of)\s*(?P<a>\d+)\b",
    ),
    "layers": (r"(?P<a>\d+)[ -]?layers?\b", r"\blayers\s*(?:=|:|of)\s*(?P<a>\d+)\b"),
    "d_model": (
        rf"\b(?:d[ _-]?model|hidden (?:size|dim(?:ension)?))\s*(?:=|:|of|is)\s*(?P<a>{NUMBER})\b",
        rf"\bd[ _]model\s+(?P<a>{NUMBER})\b",
        rf"\b(?:d\s*=|(?:model )?width\s*(?:=|:|of|is)?)\s*(?P<a>{NUMBER})\b",
    ),
    "group_size": (
        r"\bgroups?(?:[ -]size)?\s*(?:=|:|of|is)?\s*(?P<a>\d+)\b",
        r"\bscales?\b.{0,25}\b(?:for|per) (?:every|each)?\s*(?P<a>\d+)\b",
    ),
    "block_size": (
        rf"\bblocks?(?:[ -]size)?\s*(?:=|:|of)?\s*(?P<a>{NUMBER})\b",
        rf"(?P<a>{NUMBER})[- ]token (?:blocks|pages)\b",
    ),
}
WINDOW = (
    re.compile(rf"(?<!context )\bwindow(?:[ -]size)?\s*(?:=|:|of)?\s*(?P<a>{LENGTH})\b"),
    re.compile(
        rf"(?<![\w.])(?P<a>{LENGTH})[- ]*(?:tokens?[- ])?"
        r"(?:(?:sliding|local|attention)[- ])*window\b"
    ),
)
DTYPE = re.compile(
    r"\b(?P<a>(?:fp|float)[- ]?(?:32|16|8)|bf(?:loat)?[- ]?16|int[- ]?[48](?:-g\d+)?"
    r"|(?:32|16|8|4)[- ]?bits?"
    r"|half(?=[ -]precision))\b"
)
TOKENS = re.compile(
    rf"(?<![\w.$])(?P<a>(?:(?<=\s)-)?{LENGTH})(?![\w×%])"
    r"(?!\s*(?:bytes?|[kmgt]i?b|ms|bits?|layers?|heads?|slots?|blocks?|times)\b)"
    r"(?P<tokens>[- ]*(?:tokens?|context|ctx|sequence))?"
    r"|(?P<million>\b(?:a|one)\s+million)\b"
)
# Memory to fill: "in 80 GB", "a 24 GB card".
MEMORY = re.compile(r"(?<![\w.])(?P<a>\d+(?:\.\d+)?)\s?(?P<unit>[gt]i?b)\b")
UNIT_PRICE = re.compile(
    rf"(?P<length>{LENGTH})[- ]*(?:tokens?)?[- ]*(?:context|prompt|window|sequence)?\s*"
    r"(?:costs?|takes?|at cost|at a cost of)\s+"
    r"(?:(?P<price>\d+(?:\.\d+)?|one|an?)\b(?!\s*(?:times|x|×|%))"
    r"\s*(?P<unit>units?|seconds?|dollars?)?|(?P<x>x)\b)"
)
