"""Check a text: a reply, an e-mail or a leaflet in; each of its sentences supported, contradicted or not found, with quotes."""

from collections import Counter

from flask import Blueprint, render_template

from bot import checks
from bot.resources import word_vectors
from web.console import fields
from web.console.guard import for_viewers
from web.parts import parts

page = Blueprint("texts", __name__)
LONGEST = 20_000  # characters


@page.get("/text")
def show() -> str:
    return render_template("console/text.html", text="", sentences=None, longest=LONGEST)


@page.post("/text")
@for_viewers
def verify() -> str:
    """Nothing of the text is kept."""
    text = fields.needed("text", LONGEST)
    sentences = checks.checked(text, parts().editions.current(), word_vectors())
    counts = Counter(str(sentence.verdict) for sentence in sentences)
    return render_template("console/text.html", text=text, sentences=sentences, counts=counts, longest=LONGEST)
