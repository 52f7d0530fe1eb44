"""Wording checks: groups of phrasings that must get one answer, and which of them stray right now."""

from dataclasses import replace

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from knowledge.documents import content_hash
from knowledge.releases import Editorial, WordingCheck
from web.console import asking, fields
from web.console.changing import Deed, change
from web.errors import Problem
from web.parts import parts

page = Blueprint("wordings", __name__)


@page.get("/wordings")
def show() -> str:
    return render_template("console/wordings.html", job=asking.wordings(parts().editions.current()))


@page.post("/wordings/add")
def add() -> ResponseReturnValue:
    questions = fields.lines("questions")
    if len(questions) < 2:
        raise Problem(422, "Write at least two phrasings, one a line.")
    check = WordingCheck(content_hash(["wording", sorted(questions)])[:16], questions)

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, wordings=(*(one for one in editorial.wordings if one.id != check.id), check))

    deed = Deed("add wording check", questions[0], "The group is kept.", url_for("staff.wordings.show"))
    return change(deed, edit)


@page.post("/wordings/remove")
def remove() -> ResponseReturnValue:
    name = fields.needed("id", 64)

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, wordings=tuple(one for one in editorial.wordings if one.id != name))

    return change(Deed("remove wording check", name, "The group is gone.", url_for("staff.wordings.show")), edit)
