"""Golden checks: questions with the words that must be cited, or that must be refused, and whether that holds right now."""

from dataclasses import replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.answers import Conversation
from bot.checks.golden import holds
from knowledge.documents import content_hash
from knowledge.releases import Editorial, GoldenCheck
from web.console import asking, fields, quoting
from web.console.changing import NOT_OF_THE_DEED, Deed, change
from web.contract import LONGEST_QUESTION
from web.parts import parts

page = Blueprint("golden", __name__)


@page.get("/golden")
def show() -> str:
    edition = parts().editions.current()
    authors = {author.key: author for author in parts().store.authorship("golden")}
    job = asking.golden(edition)
    return render_template("console/golden.html", job=job, authors=authors, names=quoting.names(), longest=LONGEST_QUESTION)


@page.post("/golden/add")
def add() -> ResponseReturnValue:
    """One check for a question: a new one takes the place of the old. One that breaks now is kept only on a second word."""
    question = fields.line("question", LONGEST_QUESTION)
    refused = request.form.get("expects") == "refusal"
    expected = None if refused else quoting.quotation(fields.text("document"), fields.needed("quote", 5_000))
    check = GoldenCheck(content_hash(["golden", question])[:16], question, expected)
    answer = parts().assistant.reply(parts().editions.current(), Conversation(), question).answer
    if not holds(answer, expected) and request.form.get("override") != "yes":
        return render_template("console/unheld.html", check=check, answer=answer, fields=_fields()), 409

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, golden=(*(one for one in editorial.golden if one.id != check.id), check))

    wanted = "no answer" if expected is None else expected.quote
    deed = Deed("add golden check", question, "The check is kept.", url_for("staff.golden.show"), {"expects": wanted[:500]})
    return change(deed, edit)


def _fields() -> list[tuple[str, str]]:
    """To ask for the same again."""
    return [(name, value) for name, value in request.form.items() if name not in NOT_OF_THE_DEED]


@page.post("/golden/remove")
def remove() -> ResponseReturnValue:
    name = fields.needed("id", 64)

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, golden=tuple(one for one in editorial.golden if one.id != name))

    deed = Deed("remove golden check", fields.text("question"), "The check is gone.", url_for("staff.golden.show"))
    return change(deed, edit)
