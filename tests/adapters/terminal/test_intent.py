"""What a line means."""

from __future__ import annotations

import pytest

from adapters.terminal.choices import Choices, number
from adapters.terminal.intent import Give, Press, Speak, Unfold, understand
from bot.commands.words import parse
from bot.errors import LearnerError
from tests.adapters.terminal.test_choices import ANSWER, QUESTION

ASKED = number(QUESTION, Choices())
ANSWERED = number(ANSWER, Choices())


def pressed(line: str, choices: Choices) -> str:
    intent = understand(line, choices, parse)
    assert isinstance(intent, Press), intent
    return intent.entry.label


@pytest.mark.parametrize("line", ["2", " 2 ", "2.", "2)"])
def test_a_number_presses(line: str) -> None:
    assert pressed(line, ASKED) == "B"


@pytest.mark.parametrize("line", ["b", "B", "b)", "B."])
def test_a_letter_chooses_an_answer(line: str) -> None:
    assert pressed(line, ASKED) == "B"


def test_a_label_presses_its_button() -> None:
    assert pressed("hint", ASKED) == "Hint"
    assert pressed("lesson 1", ANSWERED) == "Lesson 1"


def test_an_empty_line_presses_the_primary_button() -> None:
    assert pressed("  ", ANSWERED) == "Home"


@pytest.mark.parametrize("line", ["next", "Continue", "go on."])
def test_the_word_for_going_on_presses_the_primary_button(line: str) -> None:
    assert pressed(line, ANSWERED) == "Home"
    assert understand(line, ASKED, parse) == Speak(line)


def test_a_letter_where_there_are_no_answers_says_how_to_get_to_them() -> None:
    with pytest.raises(LearnerError, match="type quiz or test"):
        understand("B", ANSWERED, parse)


def test_an_empty_line_means_nothing_without_a_primary_button() -> None:
    assert understand("", ASKED, parse) is None


@pytest.mark.parametrize("line", ["0", "4", "-1", "99", "9" * 5000])
def test_a_number_out_of_range_says_which_there_are(line: str) -> None:
    with pytest.raises(LearnerError, match="choose 1 to 3"):
        understand(line, ASKED, parse)


def test_a_number_where_nothing_is_numbered_is_refused() -> None:
    with pytest.raises(LearnerError, match="nothing to choose"):
        understand("1", Choices(), parse)


def test_a_letter_that_is_no_answer_says_which_there_are() -> None:
    with pytest.raises(LearnerError, match="no answer Z: choose A to B"):
        understand("z", ASKED, parse)


def test_a_letter_is_a_word_where_there_are_no_answers() -> None:
    assert understand("n", ANSWERED, parse) == Speak("n")
    assert understand("Δ", ANSWERED, parse) == Speak("Δ")


@pytest.mark.parametrize("line", ["/quiz 2", "quiz 2", "QUIZ 2"])
def test_a_command_needs_no_slash(line: str) -> None:
    assert understand(line, ASKED, parse) == Give("quiz", {"lesson": "2"})


def test_a_command_nobody_knows_goes_to_the_core_by_name() -> None:
    assert understand("/dance now", ASKED, parse) == Give("dance", {})


def test_anything_else_is_said_to_the_tutor() -> None:
    assert understand("why is it 16 times?", ASKED, parse) == Speak("why is it 16 times?")


def test_list_unfolds_a_menu_where_there_is_one() -> None:
    assert understand("list", ANSWERED, parse) == Unfold()
    assert understand("list", ASKED, parse) == Speak("list")
