"""Element types in bits, and bytes in words: GB is 1e9, GiB is 2^30, never mixed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from bot.calculator.errors import CalculatorError

KB = 10**3
GB = 10**9
GIB = 2**30
SCALE_BITS = 32
DEFAULT_GROUP = 64
MAX_GROUP = 4096
SIGNIFICANT = 4

_DECIMAL_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB", "EB")
_BINARY_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


@dataclass(frozen=True, slots=True)
class ElementType:
    """How one cached number is stored.

    `bits` a number; with `group` > 0 each group of that many numbers of a head also keeps a
    16-bit scale and a 16-bit zero point (SCALE_BITS together).
    """

    name: str
    bits: int
    group: int = 0

    def vector_bits(self, length: int) -> int:
        """Bits of one vector of `length` numbers, its group scales included."""
        groups = -(-length // self.group) if self.group else 0
        return length * self.bits + groups * SCALE_BITS

    @property
    def width(self) -> str:
        """The width in words: "2 bytes", "half a byte", "4 bits + scales"."""
        if self.group:
            return f"{self.bits} bits plus {SCALE_BITS} bits per group of {self.group}"
        return {4: "0.5 bytes", 8: "1 byte"}.get(self.bits, f"{self.bits // 8} bytes")


FP32 = ElementType("fp32", 32)
FP16 = ElementType("fp16", 16)
BF16 = ElementType("bf16", 16)
FP8 = ElementType("fp8", 8)
INT8 = ElementType("int8", 8)
INT4 = ElementType("int4", 4)
INT4_GROUPED = ElementType(f"int4-g{DEFAULT_GROUP}", 4, DEFAULT_GROUP)

_TYPES = {
    **dict.fromkeys(("fp32", "float32", "f32", "float", "32bit", "32bits"), FP32),
    **dict.fromkeys(("fp16", "float16", "f16", "half", "16bit", "16bits"), FP16),
    **dict.fromkeys(("bf16", "bfloat16"), BF16),
    **dict.fromkeys(("fp8", "float8", "f8", "fp8e4m3", "fp8e5m2", "e4m3", "e5m2"), FP8),
    **dict.fromkeys(("int8", "i8", "q8", "8bit", "8bits"), INT8),
    **dict.fromkeys(("int4", "i4", "q4", "4bit", "4bits"), INT4),
}
_GROUPED = re.compile(
    r"(?P<base>int8|int4|8bit|4bit)[-_: ]*g(?:roup)?[-_: ]*(?P<group>\d{1,6})", re.ASCII
)


def parse_dtype(text: str) -> ElementType:
    """Return the element type called `text` ("bf16", "int4", "int4-g64", "8-bit").

    Raises CalculatorError naming the known types.
    """
    written = text.strip().lower()
    grouped = _GROUPED.fullmatch(written)
    if grouped:
        base = _TYPES[grouped["base"]]
        group = int(grouped["group"])
        if not 1 <= group <= MAX_GROUP:
            raise CalculatorError(f"A scale group must hold 1 to {MAX_GROUP} numbers, not {group}.")
        return ElementType(f"{base.name}-g{group}", base.bits, group)
    found = _TYPES.get(re.sub(r"[-_ .]", "", written))
    if found is None:
        raise CalculatorError(
            f'"{text.strip()[:30]}" is not a number type I know; '
            "use fp32, fp16, bf16, fp8, int8, int4 or int4-g64."
        )
    return found


def decimal(count: int) -> str:
    """Bytes in powers of ten: 10737418240 -> "10.74 GB"."""
    return _scaled(count, 1000, _DECIMAL_UNITS)


def binary(count: int) -> str:
    """Bytes in powers of two: 10737418240 -> "10 GiB"."""
    return _scaled(count, 1024, _BINARY_UNITS)


def exactly(count: int) -> str:
    """Bytes with both scales: "10,737,418,240 bytes (10.74 GB, 10 GiB)"."""
    if count < KB:
        return f"{count} byte{'' if count == 1 else 's'}"
    return f"{count:,} bytes ({decimal(count)}, {binary(count)})"


def short(value: float) -> str:
    """Return a number with four significant digits and no trailing zeros, never as 1e+06."""
    if value == 0 or abs(value) >= 10 ** (SIGNIFICANT - 1):
        return f"{round(value):,}"
    text = f"{value:.{SIGNIFICANT}g}"
    if "e" in text:
        return f"{value:.2e}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sign(*numbers: Fraction) -> str:
    """Return "=" where `short` shows all these numbers as they are, "≈" where it rounds one."""
    exact = (Fraction(short(float(one)).replace(",", "")) == one for one in numbers)
    return "=" if all(exact) else "≈"


def _scaled(count: int, base: int, units: tuple[str, ...]) -> str:
    power = 0
    while power < len(units) - 1 and count >= base ** (power + 1):
        power += 1
    if (
        power
        and float(short(count / base**power).replace(",", "")) >= base
        and power < len(units) - 1
    ):
        power += 1
    return f"{short(count / base**power)} {units[power]}"
