"""A question in, a reply in the contract's shape out: every outcome of a turn, of a library that does not exist."""

from typing import Any

Reply = dict[str, Any]

HOUSE_RULES = {"id": "d1", "name": "house-rules.md", "title": "House rules of the library", "lang": "en"}
FEES = {
    "id": "d2",
    "name": "fees.html",
    "title": "Fees",
    "url": "https://library.example/fees",
    "date": "2026-03-01",
    "lang": "en",
}
LEAFLET = {"id": "d3", "name": "leaflet.pdf", "title": "Welcome leaflet", "date": "2023-09-15", "lang": "en"}
ORDNUNG = {"id": "d4", "name": "ordnung.md", "title": "Benutzungsordnung", "lang": "de"}
HOSTILE = {"id": "d5", "name": "x.html", "title": "<img src=x onerror=alert(1)>", "url": "javascript:alert(1)", "lang": "en"}

LOAN = "Books may be kept for four weeks; films and games for one week."
LATE = "For each day that an item is late we charge 20 cents, at most 10 euros an item."
LATE_OLD = "The charge for late returns is 10 cents a day."
LATE_DE = "Für jeden Tag der Verspätung werden 20 Cent berechnet."
RENEW = "A loan can be renewed twice, unless somebody else has reserved the item."
CARD = "The card is free for everyone under 18 and costs 15 euros a year for adults."

CONTACT = {"text": "Ask at the desk or call 01234 567890", "href": "tel:+441234567890"}
SUGGESTIONS = ["Can I renew a loan?", "What does a card cost?"]


def cited(number: int, document: Reply, quote: str, **more: Any) -> Reply:
    source = {"url": None, "date": None, **document}
    href = f"/sources/{document['id']}?start=0&end={len(quote)}#quote"
    places: Reply = {"heading": None, "page": None, "side": None, "start": 0, "end": len(quote), "also": []}
    return {"number": number, "document": source, "quote": quote, "href": href, **places, **more}


def reply(outcome: str, **more: Any) -> Reply:
    citations = more.get("citations", [])
    return {
        "outcome": outcome,
        "reason": None,
        "answer": " ".join(citation["quote"] for citation in citations),
        "note": "",
        "owner_words": "",
        "confidence": 0.9,
        "citations": [],
        "choices": [],
        "nearest": [],
        "suggestions": [],
        "contact": CONTACT,
        "corrections": [],
        "unknown": [],
        "query": "",
        "release": "r1",
        "id": "signed-id",
        "conversation": "token",
        **more,
    }


LATE_CONFLICT = reply(
    "conflict",
    note="Sources differ:",
    citations=[
        cited(1, FEES, LATE, heading="Late returns", side=1, also=[cited(3, HOUSE_RULES, LATE)]),
        cited(2, LEAFLET, LATE_OLD, page=2, side=2),
    ],
)
REPLIES = {
    "How long may I keep a book?": reply(
        "answered", citations=[cited(1, HOUSE_RULES, LOAN, heading="Borrowing")], suggestions=SUGGESTIONS
    ),
    "how mutch is a card": reply(
        "answered",
        citations=[cited(1, FEES, CARD, heading="Cards"), cited(2, LEAFLET, RENEW, page=3)],
        corrections=[{"from": "mutch", "to": "much"}],
        unknown=["glitter"],
    ),
    "What if I am late?": LATE_CONFLICT,
    "Was kostet Verspätung?": reply("answered", citations=[cited(1, ORDNUNG, LATE_DE)]),
    "How much is it?": reply(
        "clarify",
        note="Which one do you mean?",
        reason="ambiguous",
        choices=[
            {"label": "A card", "question": "how mutch is a card"},
            {"label": "Late returns", "question": "What if I am late?"},
        ],
    ),
    "Is there a swimming pool?": reply(
        "no_answer",
        note="I could not find this in the documents: they do not mention “swimming pool”.",
        reason="unknown_words",
        unknown=["swimming pool"],
        nearest=[cited(1, HOUSE_RULES, RENEW, heading="Renewals"), cited(2, FEES, CARD, heading="Cards")],
    ),
    "hello": reply("small_talk", note="Hello! What would you like to know?", confidence=None, suggestions=SUGGESTIONS),
    "Should I buy a card?": reply(
        "advice", note="Nobody can judge this from here. The documents say:", citations=[cited(1, FEES, CARD, heading="Cards")]
    ),
    "There is a fire": reply("urgent", note="Leave the building at once and call 112.", confidence=None, contact=None),
    "What is new?": reply(
        "answered",
        owner_words="From May on the library is open on Sundays as well.",
        citations=[cited(1, HOUSE_RULES, LOAN, heading="Borrowing")],
    ),
    "<b>hostile</b>": reply(
        "answered",
        note="<script>alert(1)</script>",
        citations=[cited(1, HOSTILE, "<img src=x onerror=alert(1)> is text.", heading="<i>heading</i>")],
    ),
}
