"""The cycles page in words: the answer, the four numbers, cycles and rules as sentences, and the messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analytics.contacts import Limits
from analytics.cycles import LIST, Backtest, Cycles, Due
from analytics.store import ShopFacts
from pages.shared import text
from pages.shared.products import called, named
from pages.shared.text import N_, _, number, percent, plural
from pages.shared.widgets import Card, about

VIEWS = {
    "remind": N_("Whom to remind"), "cycles": N_("How long things last"), "one": N_("One product"), "proof": N_("Does the list work?"),
    "care": N_("A word of care"),
}  # fmt: skip
STATES = {
    "this_week": N_("Runs out this week"), "next_week": N_("Runs out next week"), "coming": N_("Later"),
    "late": N_("Ran out, up to twice its days"), "sleeping": N_("Two to three times"), "lost": N_("More than three times"),
}  # fmt: skip
FROM = {"owner": N_("your sheet"), "product": N_("its own buyers"), "family": N_("its family"), "shop": N_("the shop"), "": "–"}  # fmt: skip
RULES = {
    "list": N_("This list: by what runs out"), "recent": N_("Silent for 30 to 60 days"),
    "best": N_("The best by recency, frequency and money"), "gap": N_("The shop's usual interval"),
}  # fmt: skip
LEFT_OUT: dict[str, Callable[[int], str]] = {
    "substitute": lambda n: plural("{n} bought another product of the family since", "{n} bought another product of the family since", n),
    "complaint": lambda n: plural("{n} complained and waits for an answer", "{n} complained and wait for an answer", n),
    "declined": lambda n: plural("{n} declined marketing", "{n} declined marketing", n),
    "contacted": lambda n: plural("{n} was written to lately", "{n} were written to lately", n),
    "too_often": lambda n: plural("{n} was written to often enough this month", "{n} were written to often enough this month", n),
    "held_out": lambda n: plural("{n} is held out of a list that still runs", "{n} are held out of a list that still runs", n),
    "over_limit": lambda n: plural("{n} is over the weekly limit", "{n} are over the weekly limit", n),
}  # fmt: skip
CHANNELS = {"chat": N_("Chat or LINE"), "sms": N_("SMS"), "mail": N_("E-mail")}
SOON = {
    "chat": N_("Hello! By our reckoning your {product} is nearly used up, around {day}. Shall we put one aside for you? If you still have enough, just leave this unread."),
    "sms": N_("Your {product} runs out around {day}. We keep one for you; reply 1 if you want it."),
    "mail": N_("Hello,\n\nby our reckoning your {product} is used up around {day}. If you would like to go on, we will keep one for you until then.\n\nIf you still have enough, or it did not suit you, a short word helps us to get it right."),
}  # fmt: skip
LATE = {
    "chat": N_("Hello! Your {product} must have been used up for a while. Was everything all right with it? If you would like more, we keep one for you."),
    "sms": N_("Your {product} should be used up by now. Reply 1 and we keep one for you."),
    "mail": N_("Hello,\n\nyour {product} must have been used up for a while. Was everything all right with it? If you would like more, we keep one for you; if not, a short word helps us to get it right."),
}  # fmt: skip
PLAIN = {
    "chat": N_("Hello! It is about time for your next order. Shall we put something aside for you?"),
    "sms": N_("It is about time for your next order. Reply 1 and we put something aside for you."),
    "mail": N_("Hello,\n\nit is about time for your next order. Shall we put something aside for you? A short answer is enough."),
}  # fmt: skip
CARE = {
    7: N_("Hello! Your {product} should have been with you for a few days. Has it come in good order? If anything about using it is unclear, just write back; a person answers."),
    14: N_("Hello! How are you getting on with your {product}? If it does not do what you hoped, tell us; there is often a small trick to it."),
    30: N_("Hello! You have had your {product} for a month now. What do you like about it, and what not? We read every answer."),
}  # fmt: skip
DAYS = {7: N_("After a week"), 14: N_("After two weeks"), 30: N_("After a month")}


def people(found: Due, *states: str) -> int:
    """Customers in these states, each once."""
    return int(found.table.customer_id[found.table.state.isin(states)].nunique())


def answer(known: Cycles, found: Due, proof: Backtest) -> str:
    """How long the product with the most gaps lasts, and how many people run out soon; or that a list by what runs out finds no more here."""
    if known.refills.empty:
        return _(
            "No product here is bought again by its buyers often enough to remind of it. If one is used up, say so in the product sheet."
        )
    if proof.enough and not proof.better:
        return _(
            "Reckoning by product finds no more buyers here than a plain rule ({rule}), so the plain rule is used.",
            rule=_(RULES[proof.best_plain]),
        )
    first = known.refills.iloc[0]
    return text.sentences(cycle(first), plural("{n} person runs out of something in the next two weeks.", "{n} people run out of something in the next two weeks.", people(found, "this_week", "next_week")))  # fmt: skip


def cycle(row: pd.Series) -> str:
    """How long one product lasts, with what it stands on; the owner's word beside what customers do."""
    values = {
        "product": named(row["product"]),
        "n": number(row.n),
        "days": text.days(row["median"]),
        "own": text.days(row.days_per_pack),
    }
    if not text.missing(row.days_per_pack):
        if not row.n:
            return _("{product}: you say one lasts {own}; nobody has bought it twice yet.", **values)
        return _("{product}: you say one lasts {own}; those who buy it again take {days} per unit (median of {n} gaps).", **values)  # fmt: skip
    if not row.n:
        return _("{product}: nobody has bought it twice yet.", **values)
    return _(
        "{product} lasts {days} per unit (median of {n} gaps, the middle half {low} to {high}).",
        low=number(row.p25), high=text.days(row.p75), **values,
    )  # fmt: skip


def cards(known: Cycles, found: Due, proof: Backtest, shop: ShopFacts) -> list[Card]:
    """Who runs out, who is late, how many products, and what the list found in the past."""
    soon, late = people(found, "this_week", "next_week"), people(found, "late")
    rows = proof.table.set_index("rule")
    refills = known.refills
    return [
        Card(
            _("Run out soon"),
            number(soon),
            note=plural("{n} bought already", "{n} bought already", found.rebought),
            about=about(
                _("Customers whose last purchase of a product that is used up, plus units × days per unit, falls into the next 14 days. Each counts once."),
                numerator=soon, denominator=_("{n} people who hold such a product", n=number(found.table.customer_id.nunique())), as_of=shop.as_of,
            ),
        ),
        Card(
            _("Ran out, not back"),
            number(late),
            note=_("up to twice its days"),
            about=_("Their product has run out, and they have not been away for more than twice the time it lasts. Beyond three times they are counted as lost."),
        ),
        Card(
            _("Products used up"),
            number(len(refills)),
            note=_("of {n}", n=number(len(known.table))),
            about=_("Your product sheet decides; where it says nothing, those that at least a fifth of the buyers bought again in twice the usual time (thirty purchases or more). A guess from the title is not enough."),
        ),
        Card(
            _("List found"),
            percent(rows.precision[LIST], 0) if proof.enough else _("too few to say"),
            note=_("plain rule {share}", share=percent(rows.precision[proof.best_plain], 0)) if proof.enough else plural("{n} person listed", "{n} people listed", int(rows.written[LIST])),
            about=_("Made {days} ago, and before that {before} ago, with what was known then: how many of those listed bought within {window}. The plain rules had as many people each.", days=text.days(90), before=text.days(180), window=text.days(proof.days)),
        ),
    ]  # fmt: skip


def verdict(proof: Backtest) -> str:
    """Whether the list found more than the best plain rule, and what follows."""
    rows = proof.table.set_index("rule")
    ours, theirs = rows.loc[LIST], rows.loc[proof.best_plain]
    if not ours.written:
        return _("In the past no product was bought again often enough, so there was no list to test.")
    if not proof.enough:
        return _("Only {n} people would have been on the list: too few to say whether it finds more than a plain rule.", n=number(ours.written))  # fmt: skip
    difference, low, high = proof.difference
    values = {
        "ours": text.share(ours.precision, int(ours.written)), "theirs": percent(theirs.precision), "rule": _(RULES[proof.best_plain]),
        "points": text.points(difference), "low": text.points(low), "high": text.points(high), "days": text.days(proof.days),
    }  # fmt: skip
    if proof.surely:
        return _("Of those the list named, {ours} bought within {days}; of as many people by the best plain rule ({rule}), {theirs}. The list found more: {points} (between {low} and {high}).", **values)  # fmt: skip
    if proof.better:
        return _("Of those the list named, {ours} bought within {days}; of as many by the best plain rule ({rule}), {theirs}. The list is ahead, but it may be chance: {points} (between {low} and {high}).", **values)  # fmt: skip
    return _("Of those the list named, {ours} bought within {days}; of as many by a plain rule ({rule}), {theirs}. The list is not better here, so the plain rule is used.", **values)  # fmt: skip


def left_out(reasons: Mapping[str, int]) -> str:
    """Who is not written to, and why."""
    told = [LEFT_OUT[reason](n) for reason, n in reasons.items() if n]
    return _("Left out: {reasons}.", reasons=text.listed(told)) if told else ""


def one_each() -> str:
    """What days per unit are where nobody bought several."""
    return _(
        "Nobody bought several units at once, or the export holds no quantities: every purchase counts as one unit."
    )


def by_log(entries: int, limits: Limits) -> str:
    """What the contact log does to the list, or that nothing stands in it."""
    if not entries:
        return _("The contact log is empty, so nobody is left out for being written to. Lists that are sent from This week are written into it.")  # fmt: skip
    return plural(
        "By the contact log ({n} entry), who was written to in the last {within}, or {often} times in 30 days, is left out, and so is who is held out of a list that still runs.",
        "By the contact log ({n} entries), who was written to in the last {within}, or {often} times in 30 days, is left out, and so is who is held out of a list that still runs.",
        entries, within=text.days(limits.within), often=number(limits.a_month),
    )  # fmt: skip


def message(row: object, channel: str) -> str:
    """The message to begin with, for one row of a plan."""
    templates = LATE if row.times > 1 else SOON
    product = called(row.product)
    name = product if not row.also else _("{product} (and {n} more)", product=product, n=number(row.also))
    return _(templates[channel], product=name, day=f"{row.due_day:%m/%d}")
