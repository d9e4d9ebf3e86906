"""Every key of a TOML file is found in its line, however it is written."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalog.key_lines import KeyPath, key_lines


def test_keys_tables_and_lists_are_found() -> None:
    source = """# a comment = 1
title = "x" # [not.a.table]

[policy]
a.b = 3.14
"quoted \\u0041.b" = 1979-05-27 07:32:00

[[question]]
[[question.option]]
text = 1
[[question.option]]
[question.extra]
deep = true
[[question]]
[[question.option]]
"""
    assert key_lines(source) == {
        ("title",): 2,
        ("policy",): 4,
        ("policy", "a"): 5,
        ("policy", "a", "b"): 5,
        ("policy", "quoted A.b"): 6,
        ("question",): 8,
        ("question", 0): 8,
        ("question", 0, "option"): 9,
        ("question", 0, "option", 0): 9,
        ("question", 0, "option", 0, "text"): 10,
        ("question", 0, "option", 1): 11,
        ("question", 0, "extra"): 12,
        ("question", 0, "extra", "deep"): 13,
        ("question", 1): 14,
        ("question", 1, "option"): 15,
        ("question", 1, "option", 0): 15,
    }


def test_texts_over_many_lines_are_stepped_over() -> None:
    source = (
        'a = """\nb = 1\n\\""" quoted \\\\"""""\n'
        "c = '''\n[d]\n\\'''\n"
        'e = "\\"f = 1"\n'
        "g = 'h = \\'\n"
        "i = [ # ]\n  'x',\n\n  [1, 2], {k = 1, l.m = [\n3]},\n]\n"
        "n = 1"
    )
    assert tomllib.loads(source).keys() == {"a", "c", "e", "g", "i", "n"}
    assert key_lines(source) == {
        ("a",): 1,
        ("c",): 4,
        ("e",): 7,
        ("g",): 8,
        ("i",): 9,
        ("i", 0): 10,
        ("i", 1): 12,
        ("i", 1, 0): 12,
        ("i", 1, 1): 12,
        ("i", 2): 12,
        ("i", 2, "k"): 12,
        ("i", 2, "l"): 12,
        ("i", 2, "l", "m"): 12,
        ("i", 2, "l", "m", 0): 13,
        ("n",): 15,
    }


SCALARS = st.sampled_from(
    [
        "1",
        "-3.5e7",
        "true",
        "1979-05-27T07:32:00Z",
        "1979-05-27 07:32:00.9",
        '"a # b = [c]"',
        "'{'",
        '"""\nx = 1\n"quoted"" \\" \\\n[y]"""',
        "'''it''s\n[[z]]'''",
        '""""two""""',
        '""',
        "''",
        '""""""',
    ]
)
KEYS = st.sampled_from(["a", "b-1", "'c.d'", '"e f"', '"\\t[g]"', "3"])


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> tuple[str, dict[KeyPath, int]]:
    """Write a value, with the paths in it and how many lines below its start each stands."""
    if depth == 0 or draw(st.booleans()):
        return draw(SCALARS), {}
    text = "["
    paths: dict[KeyPath, int] = {}
    for index in range(draw(st.integers(0, 3))):
        text += draw(st.sampled_from(["", "\n", " # ] ,\n\t"]))
        below = text.count("\n")
        paths[(index,)] = below
        inner, inner_paths = draw(values(depth - 1))
        paths |= {(index, *path): below + line for path, line in inner_paths.items()}
        text += inner + draw(st.sampled_from([",", " ,", "\n,"]))
    return text + draw(st.sampled_from(["]", "\n]"])), paths


@given(st.lists(st.tuples(st.booleans(), KEYS, values()), max_size=6))
def test_lines_are_right_in_whatever_tomllib_accepts(
    statements: list[tuple[bool, str, tuple[str, dict[KeyPath, int]]]],
) -> None:
    source = ""
    expected: dict[KeyPath, int] = {("row",): 2} if statements else {}
    for index, (has_comment, key, (value, paths)) in enumerate(statements):
        source += "# x = 1\n[[row]]\n" if has_comment or not index else "[[row]]\n"
        expected["row", index] = source.count("\n")
        name = next(iter(tomllib.loads(f"{key} = 1")))
        below = source.count("\n") + 1
        expected["row", index, name] = below
        expected |= {("row", index, name, *path): below + n for path, n in paths.items()}
        source += f"{key} = {value}\n"
    tomllib.loads(source)
    assert key_lines(source) == expected
