import stat
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, Citation, Conversation, Outcome, PastTurn, SourceInfo, Turn
from web.settings import Settings, SettingsError
from web.tokens import LONGEST, Signer, load_secrets, read_secret_file

OLD, NEW, FOREIGN = "o" * 40, "n" * 40, "f" * 40
PAST = PastTurn("how long can i keep it", "how long can i keep a book", Outcome.ANSWERED, ("a" * 32, "b" * 32))


def turn_with(*turns: PastTurn, cited: tuple[str, ...] = ()) -> Turn:
    source = SourceInfo("id", "name.txt", "Title")
    citations = tuple(Citation(n, source, "q", 0, 1, passage) for n, passage in enumerate(cited, 1))
    return Turn(Answer(Outcome.ANSWERED, citations=citations), "release", Conversation(turns))


def test_a_conversation_comes_back_as_it_was() -> None:
    signer = Signer((OLD,))
    assert signer.read_conversation(signer.conversation(turn_with(PAST, PAST))) == Conversation((PAST, PAST))


typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=500)
turns = st.builds(
    PastTurn,
    utterance=typed,
    query=typed,
    outcome=st.sampled_from(Outcome),
    passages=st.lists(st.text("0123456789abcdef", min_size=32, max_size=32), max_size=12).map(tuple),
)


@given(st.lists(turns, max_size=3))
def test_a_token_is_never_longer_than_two_kilobytes(past: list[PastTurn]) -> None:
    signer = Signer((OLD,))
    token = signer.conversation(turn_with(*past))
    assert len(token) <= LONGEST
    kept = signer.read_conversation(token).turns
    assert len(kept) <= len(past)
    if len(kept) > 1:
        assert kept == tuple(past[-len(kept) :])


@given(st.data())
def test_a_token_that_was_tampered_with_starts_afresh(data: st.DataObject) -> None:
    signer = Signer((OLD,))
    token = signer.conversation(turn_with(PAST))
    position = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_. é").filter(lambda c: c != token[position]))
    changed = token[:position] + other + token[position + 1 :]
    assert signer.read_conversation(changed) in (Conversation(), Conversation((PAST,)))
    assert signer.read_conversation(token[:position]) == Conversation()


@given(st.text())
def test_no_text_at_all_is_taken_for_a_token(text: str) -> None:
    assert Signer((OLD,)).read_conversation(text) == Conversation()
    assert Signer((OLD,)).read_answer(text) is None


def test_the_first_secret_signs_and_all_verify() -> None:
    before, rotated, after = Signer((OLD,)), Signer((NEW, OLD)), Signer((NEW,))
    assert rotated.read_conversation(before.conversation(turn_with(PAST))).turns == (PAST,)
    assert after.read_conversation(rotated.conversation(turn_with(PAST))).turns == (PAST,)
    assert Signer((FOREIGN,)).read_conversation(rotated.conversation(turn_with(PAST))) == Conversation()


def test_a_token_is_good_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    signer = Signer((OLD,))
    token, answer = signer.conversation(turn_with(PAST)), signer.answer(turn_with(PAST))
    tomorrow = time.time() + 25 * 3600
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: tomorrow)
    assert signer.read_conversation(token) == Conversation()
    assert signer.read_answer(answer) is None


def test_an_answers_id_says_what_was_shown_and_no_two_are_alike() -> None:
    signer = Signer((OLD,))
    turn = turn_with(PAST, cited=("p1", "p2", "p1"))
    first, second = signer.read_answer(signer.answer(turn)), signer.read_answer(signer.answer(turn))
    assert first is not None
    assert second is not None
    assert (first.release, first.outcome, first.passages) == ("release", Outcome.ANSWERED, ("p1", "p2"))
    assert first.key != second.key


def test_a_conversation_is_no_answers_id() -> None:
    signer = Signer((OLD,))
    assert signer.read_answer(signer.conversation(turn_with(PAST))) is None
    assert signer.read_conversation(signer.answer(turn_with(PAST))) == Conversation()


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    found: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(load_secrets(settings))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    [file] = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text(f"{NEW}\n{OLD}\n")
    file.chmod(0o644)
    assert read_secret_file(file) == (NEW, OLD)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "short\n", "é" * 40])
def test_a_secret_file_that_is_no_secret_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secret.key"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"secret\.key"):
        read_secret_file(file)


def test_postgresql_needs_a_secret_that_all_servers_share(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FAQTUAL_SECRET_KEY"):
        load_secrets(Settings(data=tmp_path, database_url="postgresql+psycopg://db/faq"))
    assert list(tmp_path.iterdir()) == []
    assert load_secrets(Settings(data=tmp_path, database_url="postgresql://db/faq", secret_key=(NEW, OLD))) == (NEW, OLD)
