"""A problem reads as one line, whatever a file holds."""

from __future__ import annotations

from ketalearn.content.problem import LONGEST, Problem


def test_a_problem_says_place_cause_cure_and_code_in_one_line() -> None:
    problem = Problem("claims/page.yaml", 3, 5, "code", "this is wrong", "Do that.")
    assert str(problem) == "claims/page.yaml:3:5: this is wrong. Do that. [code]"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    assert str(Problem("pack.yaml", 0, 0, "code", "this is wrong")) == "pack.yaml: this is wrong. [code]"


def test_words_and_names_with_line_ends_do_not_break_the_line() -> None:
    text = str(Problem("a\nb.yaml", 1, 1, "code", "the words “a\nb” are not there", "Copy\nthem."))
    assert text == "a b.yaml:1:1: the words “a b” are not there. Copy them. [code]"


def test_words_of_any_length_are_cut() -> None:
    text = str(Problem("f", 1, 1, "code", "x" * 10_000, "y" * 10_000))
    assert text == f"f:1:1: {'x' * LONGEST}…. {'y' * LONGEST}… [code]"


def test_words_that_just_fit_are_not_cut() -> None:
    assert "…" not in str(Problem("f", 1, 1, "code", "x" * LONGEST, "y" * LONGEST))


def test_problems_sort_by_file_and_place() -> None:
    first, second, third = Problem("a", 2, 9, "z", "m"), Problem("a", 10, 1, "a", "m"), Problem("b", 1, 1, "a", "m")
    assert sorted([third, second, first]) == [first, second, third]
