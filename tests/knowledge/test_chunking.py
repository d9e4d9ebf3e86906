"""Passages are small, whole and readable by themselves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.chunking import LONGEST, passages, units
from knowledge.models import Course, Lesson, Section
from tests.knowledge.conftest import a_course


def texts(body: str) -> list[str]:
    section = Section("s", "S", body)
    lesson = Lesson("l", 1, "L", "", (section,))
    return [p.text for p in passages(Course("c", "C", "", a_course().folder, (lesson,)))]


def test_a_table_row_is_read_with_its_header_and_its_lead() -> None:
    (text,) = texts("The doughs:\n\n| Dough | Water |\n|---|---|\n| Pizza | 62% |\n")
    assert text == "The doughs:\nDough: Pizza; Water: 62%"


def test_a_long_table_is_cut_between_rows_only() -> None:
    rows = "\n".join(f"| row {n} | {'word ' * 20} |" for n in range(20))
    found = texts(f"| Name | Words |\n|---|---|\n{rows}")
    assert len(found) > 1
    lines = [line for text in found for line in text.split("\n")]
    assert all(line.startswith("Name: row ") and "; Words: " in line for line in lines)
    assert len(lines) == 20


def test_a_formula_stays_with_its_legend() -> None:
    legend = "Here n counts tokens. " + "More words follow. " * 30
    found = texts(f"```formula\ncost = n · n\n```\n\n{legend}")
    assert found[0].startswith("cost = n · n\nHere n counts tokens.")


def test_a_lead_in_stays_with_its_list() -> None:
    (text,) = texts("Two things help:\n\n- rest\n- cooling")
    assert text == "Two things help:\n- rest\n- cooling"


def test_marks_of_markdown_are_not_quoted() -> None:
    assert texts("**Bold** and `code` and [a link](x.md).") == ["Bold and code and a link."]


def test_each_key_term_is_a_passage_of_its_own() -> None:
    terms = [p for p in passages(a_course()) if p.section == "key-terms"]
    assert [p.text for p in terms] == ["Crumb: The inside of the bread.", "Proof: The last rise."]
    assert terms[0].heading == "Bread / Key terms"


def test_equal_passages_have_keys_of_their_own() -> None:
    found = passages(a_course(bread="Same words. " * 200))
    assert len({p.id for p in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abc XY.,\n", min_size=1, max_size=300), max_size=6))
def test_no_word_is_lost_and_no_passage_is_too_long(paragraphs: list[str]) -> None:
    body = "\n\n".join(paragraphs)
    found = texts(body)
    assert [w for text in found for w in text.split()] == [w for p in paragraphs for w in p.split()]
    assert all(len(text) <= LONGEST or len(units(text)) <= 2 for text in found)
