"""Documents and editorial words go in, an edition of just these comes out; and an assistant with plain weights."""

from dataclasses import replace
from pathlib import Path

from bot.answers import Answer, Conversation, Turn
from bot.assistant import Assistant, shipped
from bot.edition import Edition, open_files
from bot.publishing.release_files import Sources, unfinished, write_files
from bot.weights import Weights
from knowledge.archive import record_of
from knowledge.documents import Document
from knowledge.passages import split
from knowledge.releases import Editorial

# Made by hand: what the search likes best and the kind of answer asked for choose the sentence; how well the words of the
# question are met says how sure that is. So no refitting of the shipped weights changes what these tests see.
WEIGHTS = Weights(
    ranking={
        "score": 2.0,
        "sentence": 2.0,
        "sentence_of_best": 2.0,
        "heading_same": 1.0,
        "kind_held": 1.0,
        "kind_missing": -1.0,
    },
    confidence={"bias": -6.0, "met": 4.0, "met_least": 2.0, "met_unknown": 4.0},
    operating_point=0.5,
)


def edition_of(folder: Path, *documents: Document, editorial: Editorial | None = None) -> Edition:
    """Archive and index are written to `folder`, which must be new or hold the same documents."""
    if not folder.is_dir():
        with unfinished(folder) as beside:
            records = (record_of(document, split(document)) for document in documents)
            write_files(beside, folder.name, Sources(records))
    return open_files(folder, "small", editorial or Editorial())


def edited(edition: Edition, editorial: Editorial) -> Edition:
    """The same documents with other editorial words."""
    return replace(edition, editorial=editorial)


def assistant(staff: bool = False) -> Assistant:
    return replace(shipped(staff), weights=WEIGHTS)


def talk(edition: Edition, *utterances: str, by: Assistant | None = None) -> Turn:
    """The reply to the last of `utterances`, said one after the other."""
    conversation, speaker = Conversation(), by or assistant()
    for utterance in utterances[:-1]:
        conversation = speaker.reply(edition, conversation, utterance).conversation
    return speaker.reply(edition, conversation, utterances[-1])


def ask(edition: Edition, *utterances: str, by: Assistant | None = None) -> Answer:
    return talk(edition, *utterances, by=by).answer
