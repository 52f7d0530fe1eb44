"""A quantity that is written down in any unit and spelling is read back as the same value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.measures import Bound, Quantity, Relation, comparable, disagree
from bot.claims.quantities import quantities
from bot.claims.units import Dimension

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
ONES += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

# Spellings of a unit, behind a number: what it measures, and how much of the base unit one is.
SPELLINGS = {
    **dict.fromkeys(["seconds", "sec"], (Dimension.TIME, 1.0)),
    **dict.fromkeys(["minutes", "mins", "min", "-minute"], (Dimension.TIME, 60.0)),
    **dict.fromkeys(["hours", "hrs", "-hour"], (Dimension.TIME, 3600.0)),
    **dict.fromkeys(["days", "-day"], (Dimension.TIME, 86400.0)),
    **dict.fromkeys(["weeks", "wks", "-week"], (Dimension.TIME, 604800.0)),
    **dict.fromkeys(["km", "kilometres", "kilometers"], (Dimension.LENGTH, 1000.0)),
    **dict.fromkeys(["metres", "meters"], (Dimension.LENGTH, 1.0)),
    **dict.fromkeys(["mm", "millimetres", "millimeters"], (Dimension.LENGTH, 0.001)),
    "miles": (Dimension.LENGTH, 1609.344),
    **dict.fromkeys(["kg", "kilograms", "kilos"], (Dimension.MASS, 1.0)),
    **dict.fromkeys(["grams", "g"], (Dimension.MASS, 0.001)),
    **dict.fromkeys(["litres", "liters"], (Dimension.VOLUME, 1.0)),
    **dict.fromkeys(["ml", "millilitres"], (Dimension.VOLUME, 0.001)),
    **dict.fromkeys(["%", "per cent", "percent"], (Dimension.SHARE, 1.0)),
    **dict.fromkeys(["GB", "gigabytes"], (Dimension.DATA, 1e9)),
    **dict.fromkeys(["years old", "years of age", "-year-old"], (Dimension.AGE, 1.0)),
    **dict.fromkeys(["pounds", "quid"], (Dimension.MONEY, 1.0)),
    **dict.fromkeys(["p", "pence"], (Dimension.MONEY, 0.01)),
    "°C": (Dimension.TEMPERATURE, 1.0),
    "km/h": (Dimension.SPEED, 1 / 3.6),
    "mph": (Dimension.SPEED, 0.44704),
}
unit_spellings = st.sampled_from(sorted(SPELLINGS))
numbers = st.integers(min_value=2, max_value=99)


def in_words(number: int) -> str:
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


def behind(number: str, unit: str) -> str:
    return f"{number}{unit}" if unit.startswith("-") or (unit == "p" and number[-1].isdigit()) else f"{number} {unit}"


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@given(numbers, unit_spellings, st.booleans())
def test_a_number_with_a_unit_is_read_back_in_digits_and_in_words(number: int, unit: str, spelled: bool) -> None:
    spelled = spelled and unit not in {"p", "g"}  # letters that are units behind digits only
    text = f"It is {behind(in_words(number) if spelled else str(number), unit)} here."
    dimension, size = SPELLINGS[unit]
    found = only(text)
    assert found.dimension is dimension
    assert found.low == found.high == pytest.approx(number * size)
    assert found.bound is Bound.EXACT


@given(numbers, numbers, unit_spellings, st.sampled_from(["{} to {}", "{}-{}", "{}–{}", "between {} and {}"]))
def test_a_range_is_read_back(first: int, second: int, unit: str, form: str) -> None:
    low, high = sorted((first, second + 100))
    text = f"It takes {form.format(low, behind(str(high), unit))} here."
    size = SPELLINGS[unit][1]
    found = only(text)
    assert [found.low, found.high] == pytest.approx([low * size, high * size])


@given(numbers, unit_spellings)
def test_bounds_are_read_before_and_behind(number: int, unit: str) -> None:
    value = behind(str(number), unit)
    for words in ("at least {}", "a minimum of {}", "no less than {}", "{} or more"):
        assert only(f"You get {words.format(value)}.").bound is Bound.AT_LEAST, words
    for words in ("up to {}", "no more than {}", "a maximum of {}", "not more than {}", "{} or less", "{} at most"):
        assert only(f"You get {words.format(value)}.").bound is Bound.AT_MOST, words


@given(st.integers(1, 999_999), st.sampled_from("£$€"))
def test_money_is_read_with_its_currency(cents: int, symbol: str) -> None:
    found = only(f"The price is {symbol}{cents / 100:,.2f}.")
    assert found.dimension is Dimension.MONEY
    assert found.unit == {"£": "GBP", "$": "USD", "€": "EUR"}[symbol]
    assert found.low == pytest.approx(cents / 100)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_hours_are_read_in_24_hours_and_with_am_and_pm(h1: int, m1: int, h2: int, m2: int) -> None:
    def spoken(hour: int, minute: int) -> str:
        half = "am" if hour < 12 else "pm"
        return f"{(hour - 1) % 12 + 1}.{minute:02} {half}" if minute else f"{(hour - 1) % 12 + 1} {half}"

    written = only(f"Open {h1:02}:{m1:02} - {h2:02}:{m2:02}")
    said = only(f"Open from {spoken(h1, m1)} to {spoken(h2, m2)}")
    assert written.dimension is said.dimension is Dimension.CLOCK
    assert not disagree(written, said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("for 1 month", "for 4 weeks"),
        ("for 30 days", "for a month"),
        ("for 14 days", "for two weeks"),
        ("for 90 minutes", "for an hour and a half"),
        ("for half an hour", "for 30 minutes"),
        ("for 12 months", "for a year"),
        ("every six weeks", "every 42 days"),
        ("twice a year", "every six months"),
        ("4 times a day", "every six hours"),
        ("£2.4 million", "£2,400,000"),
        ("50p", "£0.50"),
        ("8p a minute", "£4.80 an hour"),
        ("25 km/h", "15.5 mph"),
        ("45 km", "28 miles"),
        ("68°F", "20°C"),
        ("about 1,900 seats", "2,000 seats"),
        ("9 am to 5 pm", "09:00–17:00"),
        ("between ten and six", "10 am to 6 pm"),
        ("in June, July and August", "1 June to 31 August"),
        ("on 3, 4 and 9 June", "3 to 9 June"),
        ("on 23, 24 and 25 December", "from October to March"),
        ("on 2 January", "from October to March"),
        ("from 20 December to 4 January", "in January"),
        ("16 or over", "at least 16 years of age"),
        ("under-16s", "younger than 16 years old"),
        ("20 to 30 minutes", "15 to 45 minutes"),
        ("no more than one or two days", "up to 2 days"),
        ("up to 3 hours", "2 hours"),
        ("a dozen eggs", "12 eggs"),
        ("seven days a week", "Monday to Sunday"),
        ("weekends", "Saturdays and Sundays"),
        ("within 24 hours", "within one working day"),
    ],
)
def test_the_same_value_in_other_words_agrees(one: str, other: str) -> None:
    a, b = only(f"It is {one}."), only(f"It is {other}.")
    assert comparable(a, b)
    assert disagree(a, b) is None
    assert disagree(b, a) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("for 14 days", "for 30 days"),
        ("3 months", "4 months"),
        ("12 months", "13 months"),
        ("at least 16 years old", "at least 14 years old"),
        ("up to four cards", "no more than one card"),
        ("at least 30 days", "14 days"),
        ("up to 10 hours", "12 hours"),
        ("£5", "£10"),
        ("£129 a year", "£84 a year"),
        ("20 to 30 minutes", "30 to 45 minutes"),
        ("every 4-6 weeks", "every 3 to 6 months"),
        ("8 am to 8 pm", "7 am to 10 pm"),
        ("Monday to Saturday", "seven days a week"),
        ("closed on Mondays", "open Monday to Friday"),
        ("1 May 2025", "1 June 2025"),
        ("on 3, 4 and 9 June", "on 10 June"),
        ("on 3 June", "from October to March"),
        ("2 working days", "5 working days"),
        ("free of charge", "£5 a year"),
        ("renewed twice", "renewed three times"),
    ],
)
def test_other_values_do_not_agree(one: str, other: str) -> None:
    a, b = only(f"It is {one}."), only(f"It is {other}.")
    assert comparable(a, b)
    assert disagree(a, b) is not None
    assert disagree(b, a) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£5", "$5"),
        ("£9 a month", "£9 a year"),
        ("12 red chairs", "12 blue chairs"),
        ("for 3 days", "after 3 days"),
        ("24 hours before", "24 hours"),
        ("another 40 rooms", "186 rooms"),
        ("3 kg", "3 km"),
        ("the first 30 minutes", "30 minutes"),
    ],
)
def test_what_measures_something_else_is_not_compared(one: str, other: str) -> None:
    assert not comparable(only(f"It is {one}."), only(f"It is {other}."))


@pytest.mark.parametrize(
    "text",
    [
        "Call us on 0808 157 0142.",
        "See section 7 of the terms.",
        "5.6 A pass may be cancelled.",
        "Use form A3 or code E12.",
        "Seven guests in ten come back.",
        "In the 19th century it was a mill.",
        "Version 6.2 is out.",
        "It is on the third floor, half of it in the shade.",
        "The course begins at level 2.",
        "A full day pass is on sale.",
    ],
)
def test_numbers_that_name_something_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_what_a_value_is_for_each_of_is_kept() -> None:
    assert only("It costs $75.00/treatment.").per == ("treatment",)
    assert only("It costs 25p per day per item.").per == ("day", "item")
    assert only("£1.50 for every further 15 minutes").per == ("15 minute",)
    assert only("You may give notice 24 hours beforehand.").relation is Relation.BEFORE


@given(st.text(max_size=300))
def test_no_text_breaks_the_grammar(text: str) -> None:
    for found in quantities(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.low <= found.high or found.dimension is Dimension.CLOCK


@pytest.mark.parametrize(
    ("text", "dimension", "low", "bound"),
    [
        ("It is taken on the 5th of each month.", Dimension.DAY_OF_MONTH, 5, Bound.EXACT),
        ("No child under 10 may enter.", Dimension.AGE, 10, Bound.AT_LEAST),
        ("The floor is open to them once they are 14.", Dimension.AGE, 14, Bound.AT_LEAST),
        ("It must not be higher than 2 metres.", Dimension.LENGTH, 2, Bound.AT_MOST),
        ("You may bring four bags in any period of twelve months.", Dimension.FREQUENCY, 7_776_000, Bound.AT_LEAST),
        ("Groups of six or more pay less.", Dimension.COUNT, 6, Bound.AT_LEAST),
        ("Give us one month's notice.", Dimension.TIME, 28 * 86_400, Bound.EXACT),
        ("A month's notice is enough.", Dimension.TIME, 28 * 86_400, Bound.EXACT),
        ("You have a whole week to say so.", Dimension.TIME, 604_800, Bound.AT_MOST),
        ("Tell us within 14 calendar days.", Dimension.TIME, 14 * 86_400, Bound.AT_MOST),
        ("You have 30 days to send it back.", Dimension.TIME, 30 * 86_400, Bound.AT_MOST),
        ("Each guest may bring two bags.", Dimension.COUNT, 2, Bound.AT_MOST),
        ("It can take three days.", Dimension.TIME, 3 * 86_400, Bound.EXACT),
        ("We carry up to four on each trip.", Dimension.COUNT, 4, Bound.AT_MOST),
        ("The hut sleeps 12.", Dimension.COUNT, 12, Bound.EXACT),
        ("Infants below three need no ticket.", Dimension.AGE, 3, Bound.AT_MOST),
        ("A shed of up to 6 square metres is fine.", Dimension.AREA, 6, Bound.AT_MOST),
        ("Older brothers get a tenth off the bill.", Dimension.SHARE, 10, Bound.EXACT),
        ("A second pair is half price.", Dimension.SHARE, 50, Bound.EXACT),
        ("At least three quarters of the plot is dug.", Dimension.SHARE, 75, Bound.AT_LEAST),
        ("We are shut from Sunday 5 January to Thursday 23 January.", Dimension.DAY_OF_YEAR, 37, Bound.EXACT),
        ("The doors open at seven.", Dimension.CLOCK, 420, Bound.EXACT),
        ("We close until 2 on market days.", Dimension.CLOCK, 120, Bound.EXACT),
        ("No single order may consist of more than five bags.", Dimension.COUNT, 5, Bound.AT_MOST),
        ("Five or more people can share it.", Dimension.COUNT, 5, Bound.AT_LEAST),
        ("The permit covers 12 visits.", Dimension.COUNT, 12, Bound.AT_MOST),
        ("Everyone who has turned 17 pays in full.", Dimension.AGE, 17, Bound.AT_LEAST),
        ("Everyone under four comes in for the party.", Dimension.AGE, 4, Bound.AT_MOST),
        ("Under-fives ride in front.", Dimension.AGE, 5, Bound.AT_MOST),
        ("You may vote after your eighteenth birthday.", Dimension.AGE, 18, Bound.AT_LEAST),
        ("It costs a fiver.", Dimension.MONEY, 5, Bound.EXACT),
        ("The course is CHF 495.", Dimension.MONEY, 495, Bound.EXACT),
        ("Ninety-six in every hundred pass.", Dimension.SHARE, 96, Bound.EXACT),
        ("You hear from us within three working weeks.", Dimension.TIME, 21 * 86_400, Bound.AT_MOST),
        ("Tell us a fortnight before you go.", Dimension.TIME, 14 * 86_400, Bound.EXACT),
        ("The bar opens an hour before each show.", Dimension.TIME, 3600, Bound.EXACT),
        ("Allow an hour and a half for it.", Dimension.TIME, 5400, Bound.EXACT),
        ("It stays with us until the eleventh of January.", Dimension.DAY_OF_YEAR, 43, Bound.EXACT),
        ("The line runs at 500 Mbit/s.", Dimension.DATA_RATE, 5e8, Bound.EXACT),
        ("The sockets supply 10 amps.", Dimension.CURRENT, 10, Bound.EXACT),
        ("The pressure is at least 1.5 bar.", Dimension.PRESSURE, 150_000, Bound.AT_LEAST),
    ],
)
def test_what_everyday_rules_say_in_their_own_ways(text: str, dimension: Dimension, low: float, bound: Bound) -> None:
    found = only(text)
    assert (found.dimension, found.low, found.bound) == (dimension, low, bound)
