"""Urgent words: what in a question is answered with the owner's text at once, and nothing is searched."""

from collections.abc import Collection
from dataclasses import replace

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from knowledge.releases import Editorial, UrgentRule
from web.console import fields
from web.console.changing import Deed, change
from web.parts import parts

page = Blueprint("urgent", __name__)


@page.get("/urgent")
def show() -> str:
    return render_template("console/urgent.html", rules=parts().editions.current().editorial.urgent)


@page.post("/urgent/add")
def add() -> ResponseReturnValue:
    """A word has one text: one that had another goes over to the new one."""
    rule = UrgentRule(fields.words("words"), fields.needed("text"))

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, urgent=(*_without(editorial, rule.words), rule))

    done = "Whoever writes one of these words is told so at once from now on."
    deed = Deed("add urgent words", ", ".join(rule.words), done, url_for("staff.urgent.show"), {"text": rule.text[:500]})
    return change(deed, edit)


@page.post("/urgent/remove")
def remove() -> ResponseReturnValue:
    words = fields.words("words")

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, urgent=_without(editorial, words))

    done = "The documents answer questions with these words again."
    return change(Deed("remove urgent words", ", ".join(words), done, url_for("staff.urgent.show")), edit)


def _without(editorial: Editorial, words: Collection[str]) -> tuple[UrgentRule, ...]:
    """The rules that are left where these words are taken from them."""
    kept = [replace(rule, words=tuple(word for word in rule.words if word not in words)) for rule in editorial.urgent]
    return tuple(rule for rule in kept if rule.words)
