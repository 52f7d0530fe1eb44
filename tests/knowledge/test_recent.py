"""What is kept, and what goes first."""

from knowledge.recent import Recent


class Maker:
    """Makes values and keeps count."""

    def __init__(self) -> None:
        self.made: list[int] = []

    def __call__(self, number: int) -> str:
        self.made.append(number)
        return f"value {number}"


def test_a_value_is_made_once_while_it_is_kept() -> None:
    make, recent = Maker(), Recent[str](10)
    assert [recent.get(7, make, len) for _ in range(3)] == ["value 7"] * 3
    assert make.made == [7]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    make, recent = Maker(), Recent[str](2)
    for number in (1, 2, 1, 3, 1, 2):
        recent.get(number, make, lambda _: 1)
    assert make.made == [1, 2, 3, 2]
