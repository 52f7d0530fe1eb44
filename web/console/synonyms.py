"""Synonyms: groups of words that visitors and documents use for one thing."""

from dataclasses import replace

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from knowledge.releases import Editorial
from web.console import fields
from web.console.changing import Deed, change
from web.console.guard import for_viewers
from web.parts import parts

page = Blueprint("synonyms", __name__)
LEAST = 2  # words of a group


@page.get("/synonyms")
def show() -> str:
    return _page()


@page.post("/synonyms")
@for_viewers
def begin() -> str:
    """The page with the form filled from somewhere else; nothing is changed."""
    return _page(fields.text("words"), fields.text("question"))


@page.post("/synonyms/add")
def add() -> ResponseReturnValue:
    """A group that shares a word with an older one is joined to it."""
    words = fields.words("words", LEAST)

    def edit(editorial: Editorial) -> Editorial:
        joined = dict.fromkeys(words)
        apart = []
        for group in editorial.synonyms:
            if joined.keys() & set(group):
                joined |= dict.fromkeys(group)
            else:
                apart.append(group)
        return replace(editorial, synonyms=(*apart, tuple(joined)))

    deed = Deed("add synonyms", ", ".join(words), "These words mean the same from now on.", url_for("staff.synonyms.show"))
    return change(deed, edit)


@page.post("/synonyms/remove")
def remove() -> ResponseReturnValue:
    words = fields.words("words", LEAST)

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, synonyms=tuple(group for group in editorial.synonyms if group != words))

    deed = Deed("remove synonyms", ", ".join(words), "These words are apart again.", url_for("staff.synonyms.show"))
    return change(deed, edit)


def _page(words: str = "", question: str = "") -> str:
    groups = parts().editions.current().editorial.synonyms
    return render_template("console/synonyms.html", groups=groups, words=words, question=question)
