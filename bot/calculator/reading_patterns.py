"""The patterns by which sizes are found in a sentence in small letters."""

from __future__ import annotations

import re

# A number however it is written, always whole: what it may be is for those who parse it to say.
NUMBER = r"(?>\d+(?:[.,_]\d+)*)"
SIGN = r"(?:(?<!\w)[-\N{MINUS SIGN}])?"
SIGNED = SIGN + NUMBER
LENGTH = rf"{NUMBER}(?:\s?(?:k|m|thousand|million))?"
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
    rf"(?<![\w.,])(?P<a>{SIGNED}\s?[km]?|{_COUNT_WORD})\s+(?:{_ADJECTIVE}[ -]){{0,2}}{_PEOPLE}\b"
)
USERS_SET = re.compile(
    rf"\b(?:batch(?:[ -]size)?|{_PEOPLE})(?:\s+of)?\s*[=:]\s*(?P<a>{SIGNED}\s?[km]?)(?!\w)"
)
# "users 100": `long` where "32K" stands before it, which is a length then.
USERS_SAID = re.compile(
    rf"(?:(?P<long>\d\s?[km])\s+(?:{_ADJECTIVE}\s+){{0,2}})?"
    rf"\b(?P<who>batch(?:[ -]size)?|{_PEOPLE})(?:\s+of)?\s+(?P<a>{SIGNED})"
    r"(?!\w|\s?(?:[km]\b|-?tokens?|(?:context|ctx)(?!\s*[=:])|kv|k/v|query|q\b|[- ]?bits?"
    r"|layers?|heads?|blocks?|[gt]i?b\b|times|x\b|×|cards?|gpus?))"
)
SIZES = {
    "kv_lora_rank": (
        rf"\b(?:kv[ _]lora[ _]rank|(?:latent )?rank)\s*(?:=|:|of|is)?\s*(?P<a>{SIGNED})\b",
    ),
    "rope_dim": (
        r"\b(?:qk[ _])?rope(?:[ _]head)?(?:[ _]dim(?:ension)?)?"
        rf"\s*(?:=|:|of|is)?\s*(?P<a>{SIGNED})\b",
    ),
    "kv_heads": (
        rf"(?P<a>{SIGNED})\s*(?:kv|k/v|key[- ]value)[ -]?heads?\b",
        rf"\b(?:kv[ _-]?heads?|num_key_value_heads)\s*(?:=|:|of|is)?\s*(?P<a>{SIGNED})\b",
    ),
    "head_dim": (
        rf"\bhead[ _-]?(?:dim(?:ension)?s?|size)\s*(?:=|:|of|is)?\s*(?P<a>{SIGNED})\b",
        rf"(?P<a>{SIGNED})[ -]?(?:dim(?:ensional)?s?\s+heads?|head[ _-]dim\w*)\b",
        # In the cache formula a bare d is the head dimension; a model's width is larger.
        r"\bd\s*=\s*(?P<a>\d{1,2}|1\d\d|2[0-4]\d|25[0-6])\b(?![.,]\d)",
    ),
    "heads": (
        rf"(?P<a>{SIGNED})\s*(?:attention|query|q)?[ -]?heads?\b",
        rf"\bheads\s*(?:=|:|of)\s*(?P<a>{SIGNED})\b",
    ),
    "layers": (rf"(?P<a>{SIGNED})[ -]?layers?\b", rf"\blayers\s*(?:=|:|of)\s*(?P<a>{SIGNED})\b"),
    "d_model": (
        rf"\b(?:d[ _-]?model|hidden (?:size|dim(?:ension)?))\s*(?:=|:|of|is)\s*(?P<a>{SIGNED})\b",
        rf"\bd[ _]model\s+(?P<a>{SIGNED})\b",
        rf"\b(?:d\s*=|(?:model )?width\s*(?:=|:|of|is)?)\s*(?P<a>{SIGNED})\b",
    ),
    "group_size": (
        rf"\bgroups?(?:[ -]size)?\s*(?:=|:|of|is)?\s*(?P<a>{SIGNED})\b",
        rf"\bscales?\b.{{0,25}}\b(?:for|per) (?:every|each)?\s*(?P<a>{SIGNED})\b",
    ),
    "block_size": (
        rf"\bblocks?(?:[ -]size)?\s*(?:=|:|of)?\s*(?P<a>{SIGNED})\b",
        rf"(?P<a>{SIGNED})[- ]token (?:blocks|pages)\b",
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
    rf"(?<![\w.$])(?P<a>{SIGN}{LENGTH})(?![\w×%])"
    r"(?!\s*(?:bytes?|[kmgt]i?b|ms|bits?|layers?|heads?|slots?|blocks?|times)\b)"
    r"(?P<tokens>[- ]?(?:tokens?|context|ctx|sequence)(?!\s*[=:]))?"
    r"|(?P<million>\b(?:a|one)\s+million)\b"
)
WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)
# Digits in groups of three, with the marks of any country: no number that is no length.
GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,_]\d{3})+", re.ASCII)
# Memory to fill: "in 80 GB", "a 24 GB card".
MEMORY = re.compile(r"(?<![\w.])(?P<a>\d+(?:\.\d+)?)\s?(?P<unit>[gt]i?b)\b")
UNIT_PRICE = re.compile(
    rf"(?P<length>{LENGTH})[- ]*(?:tokens?)?[- ]*(?:context|prompt|window|sequence)?\s*"
    r"(?:costs?|takes?|at cost|at a cost of)\s+"
    r"(?:(?P<price>\d+(?:\.\d+)?|one|an?)\b(?!\s*(?:times|x|×|%))"
    r"\s*(?P<unit>units?|seconds?|dollars?)?|(?P<x>x)\b)"
)
# What is left of a price once its length is taken out.
PRICE_LEFT = re.compile(
    r"\b(?:costs?|takes?|at cost|at a cost of)\s+(?:\d+(?:\.\d+)?|one|an?|x)\b"
    r"(?:\s*(?:units?|seconds?|dollars?))?"
)
