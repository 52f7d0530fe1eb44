import threading
import unicodedata

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import LONGEST_WORD, SNOWBALL, normalise, stems, words

ANYTHING = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("é½²٣が'’\u0301\u200b一ก한аа")), max_size=120)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Can't you open E12, please?", ["cant", "you", "open", "e12", "please"]),
        ("25km in 9p steps, 1-2x/day", ["25", "km", "in", "9", "p", "steps", "1", "2", "x", "day"]),
        ("£1,200.50 or 0.5", ["1,200.50", "or", "0.5"]),
        ("the librarian’s café — Über", ["the", "librarians", "cafe", "uber"]),
        ("snake_case e-mail a@b.org", ["snake", "case", "e", "mail", "a", "b", "org"]),
        ("O`Brien, O´Brien and O'Brien", ["obrien", "obrien", "and", "obrien"]),
        ("l'abonnement et dell’arte, d'accord", ["l", "abonnement", "et", "dell", "arte", "d", "accord"]),
        ("", []),
        ("... --- !!!", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


class TestNumbersStayTheSame:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2½ hours", ["2.5", "hours"]),
            ("2 ½ hours", ["2.5", "hours"]),
            ("½ an hour", ["0.5", "an", "hour"]),
            ("1⅓", ["1", "1", "3"]),
            ("48 hours¹", ["48", "hours", "1"]),
            ("10² and 40 m² of CO₂", ["10", "2", "and", "40", "m2", "of", "co2"]),
            ("٣٠ دقيقة", ["30", "دقيقة"]),
            ("३० मिनट", ["30", "मिनट"]),
            ("３０分", ["30", "分"]),
            ("٣٫٥", ["3.5"]),
        ],
    )
    def test_numbers(self, text: str, expected: list[str]) -> None:
        assert words(text) == expected

    def test_a_thousandth_of_a_millimetre_is_no_millimetre(self) -> None:
        assert words("5 μm") == words("5 µm") != words("5 mm")


class TestSameWord:
    @pytest.mark.parametrize(
        ("written", "typed"),
        [
            ("Straße", "STRASSE"),
            ("naïve", "nai\u0308ve"),
            ("li\u200bbra\u00adry", "library"),
            ("\u202elibrary\u202c", "library"),
            ("ｌｉｂｒａｒｙ", "library"),
            ("ﬁlm", "film"),
            ("Reader™", "reader"),
            ("İstanbul", "istanbul"),
            ("lіbrаry", "library"),  # Cyrillic і and а
            ("كِتَاب", "كتاب"),
            ("أحمد", "احمد"),
            ("كتـــاب", "كتاب"),
            ("שָׁלוֹם", "שלום"),
            ("ёлка", "елка"),
            ("ガイド", "ｶﾞｲﾄﾞ"),
            ("한국", unicodedata.normalize("NFD", "한국")),
        ],
    )
    def test_equal(self, written: str, typed: str) -> None:
        assert words(written) == words(typed)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("मोटा", "मिटा"), ("कल", "क्ल"), ("がき", "かき"), ("мой", "мои"), ("його", "иого"), ("ไป", "ไป่"), ("рос", "poc")],
    )
    def test_different(self, one: str, other: str) -> None:
        assert words(one) != words(other)


class TestScriptsWithoutSpaces:
    def test_pairs_are_shared_wherever_a_word_begins(self) -> None:
        assert words("図書館の開館時間") == ["図書", "書館", "館の", "の開", "開館", "館時", "時間"]
        assert set(words("開館時間は？")) & set(words("図書館の開館時間")) == {"開館", "館時", "時間"}

    def test_a_lone_character_is_a_word(self) -> None:
        assert words("10分 2冊") == ["10", "分", "2", "冊"]

    def test_endings_do_not_hide_a_korean_word(self) -> None:
        assert set(words("가격은")) & set(words("가격"))

    def test_scripts_that_touch_are_parted(self) -> None:
        assert words("Wi-Fi無料") == ["wi", "fi", "無料"]
        assert words("iPhone手机") == ["iphone", "手机"]

    def test_hindi_words_are_whole(self) -> None:
        assert words("पुस्तकालय कब खुलता है?") == ["पुस्तकालय", "कब", "खुलता", "है"]


class TestBounds:
    def test_words_are_cut(self) -> None:
        assert [len(word) for word in words("x" * 1000 + " é" + "y" * 1000)] == [LONGEST_WORD, LONGEST_WORD]

    @pytest.mark.parametrize("mark", ["\u0301", "\u0301\u0316", "\u094d\u093c", "\U0001d165\U0001d16d", "\u3099"])
    def test_marks_by_the_ten_thousand(self, mark: str) -> None:
        assert len(normalise("a" + mark * 10_000)) < 100

    def test_an_apostrophe_between_scripts_is_no_word(self) -> None:
        assert words("徾`巾") == ["徾", "巾"]

    def test_two_hundred_thousand_characters(self) -> None:
        assert len(words("one twó " * 25_000)) == 50_000

    def test_each_character_is_plain_after_one_pass(self) -> None:
        once = [normalise(f"a{chr(code)}b") for code in range(0x110000)]
        assert [plain for plain in once if normalise(plain) != plain] == []

    @given(ANYTHING)
    def test_words_are_never_empty_nor_long(self, text: str) -> None:
        for word in words(text):
            assert word
            assert word == word.strip()
            assert len(word) <= LONGEST_WORD

    @given(ANYTHING)
    def test_case_and_composition_do_not_matter(self, text: str) -> None:
        composed = unicodedata.normalize("NFC", text)
        assert words(composed) == words(unicodedata.normalize("NFD", composed))


class TestStems:
    def test_english(self) -> None:
        assert stems(words("Borrowing borrowed books")) == ["borrow", "borrow", "book"]

    def test_numbers_and_codes_stay(self) -> None:
        assert stems(["1,200", "0.5", "e12", "24"]) == ["1,200", "0.5", "e12", "24"]

    def test_the_language_counts(self) -> None:
        assert stems(["bücher"], "de-AT") == stems(["buch"], "de")
        assert stems(["books"], "xx") == ["books"]

    def test_every_language_is_known(self) -> None:
        assert set(SNOWBALL.values()) <= set(Stemmer.algorithms())

    def test_threads_agree(self) -> None:
        sample = [
            f"{stem}{ending}" for stem in ("read", "borrow", "lend", "renew") for ending in ("ing", "ed", "s", "er")
        ] * 200
        expected, found = stems(sample), []
        threads = [threading.Thread(target=lambda: found.append(stems(sample))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [expected] * 8
