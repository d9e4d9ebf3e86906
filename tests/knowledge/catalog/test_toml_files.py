"""TOML that cannot be parsed is one problem, in the line where the parser stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

ProblemsOf = Callable[[Mapping[str, str | bytes]], list[str]]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('title = "Knots"\ntext = Hello\n', "2: this is not valid TOML: Invalid value;"),
        ('title = "Knots"\n\ntitle = "x"\n', "3: this is not valid TOML: Cannot overwrite"),
        ('title = "Knots"\nhints = [\n"a"\n"b"\n]\n', "4: this is not valid TOML: Unclosed array;"),
        ('title = "Knots', "1: this is not valid TOML: Unterminated string;"),
        ('title = "Knots"\ntext = """\n\n', "2: this is not valid TOML: Unterminated string;"),
        ("title = \n", "1: this is not valid TOML: Invalid value;"),
        (f"x = {'9' * 5000}", "1: this is not valid TOML: "),
        (f"x = {'[' * 9000}", "1: the brackets are nested too deep; write fewer brackets"),
        (f"\n{'a.' * 17}b = 1", "2: a key has more than 16 parts; use fewer dots"),
        (f"['a'{' . b' * 20}]", "1: a key has more than 16 parts; use fewer dots"),
    ],
)
def test_bad_toml_is_found_in_its_line(problems_of: ProblemsOf, text: str, fault: str) -> None:
    (problem,) = problems_of({"course.toml": text})
    assert problem.startswith(f"course.toml:{fault}")


def test_dots_in_a_text_are_no_long_key(problems_of: ProblemsOf) -> None:
    settings = f'title = "Knots"\ndescription = "wait{"." * 90} a. b. c. www.e-f.org"'
    assert problems_of({"course.toml": settings}) == []
