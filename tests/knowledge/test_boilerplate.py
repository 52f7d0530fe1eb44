import pytest

from knowledge.boilerplate import LONGEST, is_boilerplate, is_label


@pytest.mark.parametrize(
    "line",
    [
        "Share by:",
        "Share this",
        "Follow us on Facebook and Instagram",
        "6F1C22A0-99B1-4C1D-AA10-5B7C8E9F0A11.jpg",
        "tower at dawn (2).PNG",
        "Read on to learn more about the tower, how it was built, and whether you may climb it.",
        "Read more »",
        "Skip to main content",
        "© 2026 Thornbeck Town Council",
        "Copyright 2019 by the authors",
        "(picture courtesy of the town archive)",
        "Photo: M. Osei",
        "Image source: archive",
        "By Ada Thornbeck",
        "Written by the editors",
        "Posted on 3 May 2019",
        "Last updated: June 2025",
        "Home › Visit › Prices",
        "Home > Visit",
        "Help > Your visit > Full guide",
        "We use cookies to count visits and remember your language.",
        "This website uses cookies.",
        "4 min read",
        "Page 3 of 10",
        "* * *",
        "Log in",
    ],
)
def test_what_belongs_to_the_page(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "By bus it takes ten minutes.",
        "Share a table with other guests if it is busy.",
        "We bake cookies every morning.",
        "Read the rules before you come.",
        "COLOUR COPY: 40p/page",
        "Home delivery is free.",
        "Copyright fees are included in the price of a copy.",
        "Photographs may be taken without flash.",
        "Printing costs 10p a page.",
        "You can see a film about the tower on our website.",
        "Pages 3 to 10 are missing.",
        "desk@example.org",
    ],
)
def test_what_the_document_says(line: str) -> None:
    assert not is_boilerplate(line)


def test_the_headings_above_decide() -> None:
    banner = "We use cookies to count visits."
    assert is_boilerplate(banner, ["Plan your visit"])
    assert not is_boilerplate(banner, ["Plan your visit", "Privacy"])
    path = "Settings > Account > Delete"
    assert is_boilerplate(path, ["The full guide"])
    assert not is_boilerplate(path, ["The full guide", "How do I leave?"])


def test_a_label_may_head_a_section() -> None:
    assert is_label("Privacy policy")
    assert not is_label("Share by:")
    assert not is_label("Opening hours")


def test_long_text_is_not_looked_at() -> None:
    assert not is_boilerplate("Share by: " + "x" * LONGEST)
