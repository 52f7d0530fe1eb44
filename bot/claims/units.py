"""Units of measure: the word that stands behind a number goes in, what it measures and how it converts comes out."""

from dataclasses import dataclass
from enum import StrEnum


class Dimension(StrEnum):
    TIME = "time"  # base: seconds
    MONEY = "money"  # base: the currency's main unit
    LENGTH = "length"  # metres
    AREA = "area"  # square metres
    MASS = "weight"  # kilograms
    VOLUME = "volume"  # litres
    TEMPERATURE = "temperature"  # degrees Celsius
    SPEED = "speed"  # metres a second
    DATA = "data"  # bytes
    DATA_RATE = "data rate"  # bits a second
    POWER = "power"  # watts
    ENERGY = "energy"  # joules
    CURRENT = "current"  # amperes
    VOLTAGE = "voltage"  # volts
    PRESSURE = "pressure"  # pascals
    SHARE = "percentage"  # percent
    AGE = "age"  # years
    COUNT = "count"  # of the counted noun
    FREQUENCY = "frequency"  # seconds from one time to the next
    DATE = "date"  # days since 1 January of the year 1
    DAY_OF_YEAR = "day of the year"  # 32 * month + day
    DAY_OF_MONTH = "day of the month"
    CLOCK = "time of day"  # minutes since midnight
    WEEKDAYS = "days of the week"


@dataclass(frozen=True, slots=True)
class Unit:
    """`value * low + offset` to `value * high + offset` is the value in the dimension's base unit; `low` and `high` differ
    where a unit has no fixed length. `system` tells apart units that convert into round numbers of one another."""

    name: str
    dimension: Dimension
    low: float
    high: float
    offset: float = 0.0
    system: str = ""

    def base(self, low: float, high: float) -> tuple[float, float]:
        return low * self.low + self.offset, high * self.high + self.offset


DAY = 86_400.0
_SIZES: tuple[tuple[Dimension, str, str, float, float], ...] = (
    (Dimension.TIME, "second|seconds|sec|secs", "", 1, 1),
    (Dimension.TIME, "minute|minutes|min|mins", "", 60, 60),
    (Dimension.TIME, "hour|hours|hr|hrs|h", "", 3600, 3600),
    (Dimension.TIME, "day|days", "", DAY, DAY),
    (Dimension.TIME, "working day|working days|business day|business days|weekday|weekdays", "working", DAY, 2 * DAY),
    (Dimension.TIME, "week|weeks|wk|wks", "", 7 * DAY, 7 * DAY),
    (Dimension.TIME, "working week|working weeks", "working", 7 * DAY, 7 * DAY),
    (Dimension.TIME, "fortnight|fortnights", "", 14 * DAY, 14 * DAY),
    (Dimension.TIME, "month|months|mth|mths", "", 28 * DAY, 31 * DAY),
    (Dimension.TIME, "year|years|yr|yrs", "", 360 * DAY, 366 * DAY),
    (Dimension.TIME, "decade|decades", "", 3600 * DAY, 3660 * DAY),
    (Dimension.LENGTH, "millimetre|millimetres|millimeter|millimeters|mm", "", 0.001, 0.001),
    (Dimension.LENGTH, "centimetre|centimetres|centimeter|centimeters|cm", "", 0.01, 0.01),
    (Dimension.LENGTH, "metre|metres|meter|meters|m", "", 1, 1),
    (Dimension.LENGTH, "kilometre|kilometres|kilometer|kilometers|km|kms", "", 1000, 1000),
    (Dimension.LENGTH, "inch|inches", "imperial", 0.0254, 0.0254),
    (Dimension.LENGTH, "foot|feet|ft", "imperial", 0.3048, 0.3048),
    (Dimension.LENGTH, "yard|yards", "imperial", 0.9144, 0.9144),
    (Dimension.LENGTH, "mile|miles", "imperial", 1609.344, 1609.344),
    (Dimension.AREA, "square metre|square metres|square meter|square meters|sq m|sqm|m²|m 2", "", 1, 1),
    (Dimension.AREA, "hectare|hectares|ha", "", 1e4, 1e4),
    (Dimension.AREA, "square foot|square feet|sq ft", "imperial", 0.09290304, 0.09290304),
    (Dimension.AREA, "acre|acres", "imperial", 4046.8564, 4046.8564),
    (Dimension.MASS, "milligram|milligrams|mg", "", 1e-6, 1e-6),
    (Dimension.MASS, "gram|grams|gramme|grammes|g", "", 0.001, 0.001),
    (Dimension.MASS, "kilogram|kilograms|kilo|kilos|kg|kgs", "", 1, 1),
    (Dimension.MASS, "tonne|tonnes", "", 1000, 1000),
    (Dimension.MASS, "ounce|ounces|oz", "imperial", 0.0283495, 0.0283495),
    (Dimension.MASS, "lb|lbs", "imperial", 0.4535924, 0.4535924),
    (Dimension.MASS, "stone", "imperial", 6.350293, 6.350293),
    (Dimension.VOLUME, "millilitre|millilitres|milliliter|milliliters|ml", "", 0.001, 0.001),
    (Dimension.VOLUME, "centilitre|centilitres|cl", "", 0.01, 0.01),
    (Dimension.VOLUME, "litre|litres|liter|liters|l", "", 1, 1),
    (Dimension.VOLUME, "pint|pints", "imperial", 0.568261, 0.568261),
    (Dimension.VOLUME, "gallon|gallons", "imperial", 4.54609, 4.54609),
    (Dimension.SPEED, "km / h|km per hour|kilometres per hour|kilometers per hour|kmh|kph", "", 1 / 3.6, 1 / 3.6),
    (Dimension.SPEED, "mph|miles per hour|miles an hour", "imperial", 0.44704, 0.44704),
    (Dimension.SPEED, "m / s|metres per second|meters per second", "", 1, 1),
    (Dimension.DATA, "kilobyte|kilobytes|kb", "", 1e3, 1e3),
    (Dimension.DATA, "megabyte|megabytes|mb", "", 1e6, 1e6),
    (Dimension.DATA, "gigabyte|gigabytes|gb|gig|gigs", "", 1e9, 1e9),
    (Dimension.DATA, "terabyte|terabytes|tb", "", 1e12, 1e12),
    (Dimension.DATA_RATE, "kilobits per second|kilobits a second|kbit / s|kbps", "", 1e3, 1e3),
    (Dimension.DATA_RATE, "megabit|megabits|megabits per second|megabits a second|mbit / s|mbps|mb / s", "", 1e6, 1e6),
    (Dimension.DATA_RATE, "gigabit|gigabits|gigabits per second|gigabits a second|gbit / s|gbps|gb / s", "", 1e9, 1e9),
    (Dimension.POWER, "watt|watts|w", "", 1, 1),
    (Dimension.POWER, "kilowatt|kilowatts|kw", "", 1e3, 1e3),
    (Dimension.POWER, "horsepower|hp|bhp", "imperial", 745.7, 745.7),
    (Dimension.ENERGY, "kwh|kilowatt hour|kilowatt hours|kilowatt - hours", "", 3.6e6, 3.6e6),
    (Dimension.CURRENT, "amp|amps|ampere|amperes", "", 1, 1),
    (Dimension.VOLTAGE, "volt|volts|v", "", 1, 1),
    (Dimension.PRESSURE, "bar|bars", "", 1e5, 1e5),
    (Dimension.PRESSURE, "psi", "imperial", 6894.757, 6894.757),
    (Dimension.SHARE, "%|percent|per cent|pc", "", 1, 1),
    (Dimension.AGE, "year old|years of age|years old|year olds|years ' old|- year - old|- year - olds", "", 1, 1),
    (Dimension.AGE, "month old|months of age|months old|- month - old", "", 1 / 12, 1 / 12),
    (Dimension.AGE, "week old|weeks of age|weeks old|- week - old", "", 7 / 365, 7 / 365),
)

# A currency's symbols and codes, and its hundredth's; "pounds" is settled by what is weighed (bot.claims.quantities).
CURRENCY_SYMBOLS = {"£": "GBP", "$": "USD", "€": "EUR", "¥": "JPY", "₹": "INR"}
CURRENCY_CODES = {code.lower(): code for code in ("GBP", "USD", "EUR", "JPY", "INR", "CHF", "SEK", "PLN")}  # "CHF 40"
_MONEY = (
    ("GBP", "gbp|pound|pounds|quid", "p|pence|penny"),
    ("USD", "usd|dollar|dollars", "c|cent|cents"),
    ("EUR", "eur|euro|euros", "eurocent|eurocents"),
    ("JPY", "jpy|yen", ""),
    ("INR", "inr|rupee|rupees", "paisa|paise"),
    ("CHF", "chf|franc|francs", "rappen"),
    ("SEK", "sek|kronor", ""),
    ("PLN", "pln|zloty", ""),
)


def currency(code: str, factor: float = 1.0) -> Unit:
    return Unit(code, Dimension.MONEY, factor, factor)


def _table() -> dict[tuple[str, ...], Unit]:
    table: dict[tuple[str, ...], Unit] = {}
    for dimension, spellings, system, low, high in _SIZES:
        name = spellings.split("|")[0]
        for spelling in spellings.split("|"):
            unit = Unit(name.removesuffix("s"), dimension, low, high, system=system)
            table[tuple(spelling.split(" "))] = unit
            if dimension is Dimension.TIME and not spelling.endswith("s"):
                table[tuple(f"{spelling}'s".split(" "))] = unit  # "one month's notice"
    for code, whole, hundredth in _MONEY:
        for spelling in whole.split("|"):
            table[spelling,] = currency(code)
        for spelling in filter(None, hundredth.split("|")):
            table[spelling,] = currency(code, 0.01)
    return table | _degrees()


def _degrees() -> dict[tuple[str, ...], Unit]:
    celsius = Unit("°C", Dimension.TEMPERATURE, 1, 1)
    fahrenheit = Unit("°F", Dimension.TEMPERATURE, 5 / 9, 5 / 9, offset=-32 * 5 / 9, system="imperial")
    spelled = {("°", "c"): celsius, ("degrees", "celsius"): celsius, ("degrees", "c"): celsius, ("°",): celsius}
    spelled |= {("°", "f"): fahrenheit, ("degrees", "fahrenheit"): fahrenheit, ("degrees", "f"): fahrenheit}
    return spelled | {("degrees",): celsius, ("celsius",): celsius, ("fahrenheit",): fahrenheit}


UNITS = _table()
LONGEST_SPELLING = max(map(len, UNITS))
ATTACHED_ONLY = frozenset(
    {"p", "c", "m", "l", "g", "h", "pc", "w", "v"}
)  # units only where nothing but a space parts them from digits
AGE_IN_YEARS = UNITS["years", "old"]
PER_HOUR = {"second": 3600.0, "minute": 60.0, "hour": 1.0}  # rates over these convert; over a day, month or year they are plans
TIME_WORDS = {
    spelling[0]: unit
    for spelling, unit in UNITS.items()
    if unit.dimension is Dimension.TIME and len(spelling) == 1 and not spelling[0].endswith("'s")
}
