"""What a sentence claims: its quantities and stances, and what each is about."""

import pytest

from bot.claims import Claim, claims
from bot.claims.forces import Force
from bot.claims.modality import negative, opposed, stance, stances
from bot.claims.units import Dimension
from knowledge.documents import BlockKind, Document
from knowledge.passages import split
from tests.corpus import marked, plain


def claims_of(document: Document) -> list[Claim]:
    return [
        claim for passage in split(document) for sentence in passage.sentences for claim in claims(document, passage, sentence)
    ]


def quantity_claims(text: str) -> list[Claim]:
    return [claim for claim in claims_of(plain(text)) if claim.quantity]


def test_a_claim_stands_where_it_says(library: tuple[Document, ...]) -> None:
    for document in library:
        found = claims_of(document)
        assert found
        assert all(document.text[claim.start : claim.end] == claim.value for claim in found)
        assert all((claim.quantity is None) != (claim.stance is None) for claim in found)


def test_each_quantity_is_about_its_own_words() -> None:
    fee, rate = quantity_claims("Parking costs £2 to enter the garage and then 8p a minute on the roof.")
    assert {"enter", "garage"} <= set(fee.scope.near)
    assert "roof" not in fee.scope.near
    assert "roof" in rate.scope.near
    assert fee.scope.subject == rate.scope.subject == ("parking",)


def test_a_label_names_what_a_price_line_is_about() -> None:
    (claim,) = quantity_claims("Towel hire: £4 for each visit.")
    assert claim.scope.subject == ("towel", "hire")
    assert claim.scope.named


def test_a_condition_is_kept_apart() -> None:
    (claim,) = quantity_claims("If you lose your key, we charge £30 for a new lock.")
    assert claim.scope.condition == ("lose", "key")
    assert "lock" in claim.scope.near
    (claim,) = quantity_claims("Without a key you pay £30 at the desk.")
    assert (claim.scope.condition, "desk" in claim.scope.near) == (("key",), True)


def test_what_is_said_of_the_past_and_what_departs_from_a_rule_is_marked() -> None:
    (before,) = quantity_claims("When we opened we had 60 tables.")
    (now,) = quantity_claims("The hall has 94 tables.")
    (special,) = quantity_claims("Members pay £8 for the class instead of the usual fee.")
    assert (before.scope.former, now.scope.former) == (True, False)
    assert special.scope.special


def test_headings_and_the_sentence_before_say_what_a_pronoun_means() -> None:
    document = marked(
        (BlockKind.HEADING, "Swimming lessons", 2),
        (BlockKind.PARAGRAPH, "The course for beginners starts in May. It lasts eight weeks.", 0),
    )
    (claim,) = [claim for claim in claims_of(document) if claim.quantity and claim.quantity.dimension is Dimension.TIME]
    assert {"swimming", "lessons", "course", "beginners"} <= set(claim.scope.context)


def test_questions_claim_nothing() -> None:
    assert claims_of(plain("Do I have to pay £5 at the door?")) == []


def test_other_languages_yield_their_figures_only() -> None:
    document = Document("a.txt", "Der Eintritt kostet 5 € und darf nicht erstattet werden.", "A", lang="de")
    assert [claim.stance for claim in claims_of(document)] == [None]


@pytest.mark.parametrize(
    ("clause", "force"),
    [
        ("You must wear a badge.", Force.REQUIRED),
        ("A badge is required.", Force.REQUIRED),
        ("Guests have to sign in.", Force.REQUIRED),
        ("You do not have to wear a badge.", Force.OPTIONAL),
        ("You don't need to sign in.", Force.OPTIONAL),
        ("There is no need to book.", Force.OPTIONAL),
        ("No ticket is needed.", Force.OPTIONAL),
        ("Badges are optional.", Force.OPTIONAL),
        ("You must not run.", Force.FORBIDDEN),
        ("Dogs may not enter.", Force.FORBIDDEN),
        ("No food may be eaten here.", Force.FORBIDDEN),
        ("Smoking is prohibited.", Force.FORBIDDEN),
        ("You can't bring bottles.", Force.FORBIDDEN),
        ("Never leave the door open.", Force.FORBIDDEN),
        ("Keep off the grass.", Force.FORBIDDEN),
        ("You may bring a friend.", Force.ALLOWED),
        ("Dogs are welcome.", Force.ALLOWED),
        ("Snacks are fine.", Force.ALLOWED),
        ("You should arrive early.", Force.ADVISED),
        ("You should not arrive late.", Force.UNADVISED),
        ("Avoid the lift.", Force.UNADVISED),
        ("We do not take cash.", Force.DENIED),
        ("The pool has no lockers.", Force.DENIED),
        ("The pool opens early.", Force.STATED),
        ("It takes no longer than an hour.", Force.STATED),
        ("Not only members are here.", Force.STATED),
        ("A card that has not been used expires.", Force.STATED),
        ("Nothing needs to be shown at the gate.", Force.OPTIONAL),
        ("We stopped taking cash in May.", Force.DENIED),
        ("Cheques are no longer accepted.", Force.DENIED),
        ("The ride lasts no longer than an hour.", Force.STATED),
        ("The garden is closed in winter.", Force.DENIED),
        ("Tickets are non-refundable.", Force.DENIED),
        ("An unopened bag can be returned.", Force.ALLOWED),
        ("Visitors always need a guide.", Force.REQUIRED),
        ("Check that the door is not open.", Force.STATED),
        ("Pay by card or by bank transfer.", Force.TOLD),
        ("Have a proper meal before the walk.", Force.TOLD),
        ("Drop us a line when you know.", Force.TOLD),
        ("Nobody is obliged to wear a badge.", Force.OPTIONAL),
        ("We leave the hat up to you.", Force.OPTIONAL),
        ("We ask that you don't feed the ducks.", Force.FORBIDDEN),
        ("The hatch must stay shut.", Force.FORBIDDEN),
        ("A second helping is perfectly all right.", Force.ALLOWED),
        ("Go ahead and climb the tower.", Force.ALLOWED),
        ("Our team will gladly carry your bags.", Force.ALLOWED),
        ("Take notes as you please.", Force.ALLOWED),
        ("Hours you don't use are carried over.", Force.STATED),
        ("Swimmers may rest in the basin while the gate is shut.", Force.ALLOWED),
        ("It causes the decline of bees.", Force.STATED),
        ("Park rangers are on duty.", Force.STATED),
    ],
)
def test_what_a_clause_does_to_its_predicate(clause: str, force: Force) -> None:
    assert stance(clause).force is force


@pytest.mark.parametrize(
    ("clause", "force"),
    [
        ("Parking is free for visitors.", Force.FREE),
        ("There is no charge for the guide.", Force.FREE),
        ("We do not charge for the guide.", Force.FREE),
        ("Breakfast costs extra.", Force.CHARGED),
        ("Visitors are charged for parking.", Force.CHARGED),
        ("Breakfast is not included in the price.", Force.CHARGED),
        ("Only members may use the sauna.", Force.RESERVED),
        ("Bookings are by telephone only.", Force.RESERVED),
        ("You may climb the tower without a guide.", Force.OPTIONAL),
        ("Nobody may climb the tower without a guide.", Force.REQUIRED),
        ("You must come without perfume.", Force.FORBIDDEN),
        ("No boat is lent until the course has been passed.", Force.REQUIRED),
        ("Boats are lent only after the course.", Force.REQUIRED),
        ("An account can only be opened with a passport.", Force.REQUIRED),
        ("Nobody but the keeper may feed the seals.", Force.RESERVED),
        ("Only the parent named on the card can take money out.", Force.RESERVED),
        ("Meals are supplied solely by a cook from our list.", Force.RESERVED),
        ("The practice rooms are free to anyone enrolled.", Force.FREE),
        ("Shore power is included in the berth fee.", Force.FREE),
        ("A guide is included.", Force.FREE),
        ("We mend it without charging you.", Force.FREE),
        ("Electricity is on top.", Force.CHARGED),
        ("Borrowers pay a premium for cover.", Force.CHARGED),
        ("Prices are exclusive of tax.", Force.CHARGED),
    ],
)
def test_what_a_clause_says_of_charges_of_who_may_and_of_what_is_done_without(clause: str, force: Force) -> None:
    assert force in {found.force for found in stances(clause)}


@pytest.mark.parametrize(
    "clause",
    [
        "The holidays are included in that ban.",
        "Feel free to ask.",
        "The free weights are upstairs.",
        "We keep two free slots.",
        "Not only members come.",
    ],
)
def test_other_uses_of_free_and_only_say_nothing_of_charges_or_of_who_may(clause: str) -> None:
    assert not {Force.FREE, Force.CHARGED, Force.RESERVED} & {found.force for found in stances(clause)}


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("The gym costs residents £36 a term.", Force.CHARGED),
        ("The touch-up is £25.", Force.CHARGED),
        ("You get a discount of £5.", None),
        ("The fine is limited to £50.", None),
        ("The deposit is £40.", None),
        ("You may take out up to £300.", None),
    ],
)
def test_an_amount_is_something_to_pay_unless_it_is_a_limit_or_comes_back(text: str, force: Force | None) -> None:
    forces = {claim.stance.force for claim in claims_of(plain(text)) if claim.stance}
    assert forces & {Force.CHARGED, Force.FREE} == ({force} if force else set())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Fishing is permitted from the pier but not from boats.", {"fishing", "boats"}),
        ("Dogs may run loose in the yard, but not in the house.", {"dogs", "run", "loose", "house"}),
        ("Scarves may be worn indoors; hats may not.", {"worn", "hats"}),
    ],
)
def test_what_an_elliptic_denial_leaves_out_is_of_the_clause_before(text: str, said: set[str]) -> None:
    denied = [claim for claim in claims_of(plain(text)) if claim.stance and negative(claim.stance)]
    assert [set(claim.scope.near) >= said for claim in denied] == [True]


def test_a_bare_denial_under_a_question_is_of_what_was_asked() -> None:
    document = marked((BlockKind.HEADING, "May I swim?", 2), (BlockKind.PARAGRAPH, "Never inside the harbour.", 0))
    assert {"swim", "harbour"} <= set(claims_of(document)[0].scope.near)


def test_two_forces_of_one_bare_denial() -> None:
    forces = {claim.stance.force for claim in claims_of(plain("Not in the yard without a lead.")) if claim.stance}
    assert forces == {Force.REQUIRED}


@pytest.mark.parametrize("text", ["The prices were last reviewed on 3 February 2025.", "By Joan Marsh, 8 November 2024."])
def test_the_date_of_a_document_is_no_claim(text: str) -> None:
    assert [claim for claim in claims_of(plain(text)) if claim.quantity] == []


def test_an_item_under_a_ban_is_forbidden_though_it_reads_as_an_order() -> None:
    document = marked((BlockKind.PARAGRAPH, "You must not:", 0), (BlockKind.LIST_ITEM, "fill a paddling pool;", 1))
    assert {claim.stance.force for claim in claims_of(document) if claim.stance and claim.value.startswith("fill")} == {
        Force.FORBIDDEN
    }


@pytest.mark.parametrize(
    ("question", "answer", "force"),
    [
        ("Can I smoke on the terrace?", "No.", Force.FORBIDDEN),
        ("Can I smoke on the terrace?", "Yes, after ten.", Force.ALLOWED),
        ("Do I have to book a terrace table?", "No.", Force.OPTIONAL),
        ("Is a terrace table compulsory?", "It isn't, but they go fast.", Force.OPTIONAL),
        ("Do you lend terrace heaters?", "We do, and for nothing.", Force.STATED),
        ("Can I smoke on the terrace?", "You can't.", Force.FORBIDDEN),
        ("Do I have to book a terrace table?", "Yes.", Force.REQUIRED),
        ("Is there a terrace upstairs?", "No, only a garden.", Force.DENIED),
    ],
)
def test_a_short_answer_claims_what_was_asked(question: str, answer: str, force: Force) -> None:
    document = marked((BlockKind.HEADING, question, 2), (BlockKind.PARAGRAPH, answer, 0))
    found = [claim for claim in claims_of(document) if claim.stance and "terrace" in claim.scope.near]
    assert [claim.stance.force for claim in found if claim.stance] == [force]
    assert found[0].value == answer.split(",", maxsplit=1)[0].rstrip(".")


def test_an_open_question_is_not_answered_by_yes_or_no() -> None:
    document = marked((BlockKind.HEADING, "Where is the terrace?", 2), (BlockKind.PARAGRAPH, "No idea.", 0))
    assert not [claim for claim in claims_of(document) if "terrace" in claim.scope.near]


def test_a_clause_that_only_points_back_is_about_what_the_one_before_is_about() -> None:
    badge, optional = claims_of(plain("A badge is helpful, but it is not compulsory."))
    assert badge.scope.near == optional.scope.near == ("badge",)
    assert optional.stance is not None
    assert optional.stance.force is Force.OPTIONAL


def test_a_reason_is_no_condition() -> None:
    (claim,) = claims_of(plain("For reasons of hygiene, no toys are allowed in the ward."))
    assert claim.scope.condition == ()


def test_a_row_with_a_price_says_that_something_is_charged() -> None:
    document = plain("Item | Price\nTowel | £2\nLocker | Free\nSoap | £1")
    forces = {claim.scope.near[0]: claim.stance.force for claim in claims_of(document) if claim.stance}
    assert forces == {"towel": Force.CHARGED, "locker": Force.FREE, "soap": Force.CHARGED}


def test_requiring_opposes_leaving_free_and_allowing_opposes_forbidding() -> None:
    required, optional = stance("You must book."), stance("You need not book.")
    allowed, forbidden = stance("You may book."), stance("You may not book.")
    assert opposed(required, optional)
    assert opposed(allowed, forbidden)
    assert not opposed(required, allowed)
    assert negative(forbidden)
    assert not negative(optional)
