"""What the page says: names, the first line, the cards, the tasks and the text of the week."""

from __future__ import annotations

from analytics.overview import Headline
from analytics.reviews.aspects import ASPECTS
from analytics.week import (
    ANSWER,
    CAMPAIGN,
    CARE_7,
    CARE_14,
    CARE_30,
    COMPLAINT,
    CONTACTED,
    DECLINED,
    FESTIVAL,
    HELD_OUT,
    LATE,
    OTHER_LIST,
    READ_OUT,
    REFILL,
    SECOND,
    STOCK,
    THANK,
    TITLES,
    TOO_OFTEN,
    UNREVIEWED,
    WORSE,
    WORSE_PRODUCT,
    LastWeek,
    Task,
    Week,
)
from pages.shared import sent_lists, session, text
from pages.shared.text import N_, _, literal, missing, money, number, plain, plural, share

VIEWS = {"tasks": N_("Tasks"), "worksheet": N_("One by one"), "limits": N_("Who is left out")}
FIGURES = {
    "orders": N_("Orders"), "returning_buyers": N_("Returning buyers"), "new_buyers": N_("New buyers"), "revenue": N_("Revenue"),
}  # fmt: skip
REASONS = {
    DECLINED: N_("Declined marketing"), COMPLAINT: N_("Waits for an answer to a complaint"), CONTACTED: N_("Written to in the last days"),
    TOO_OFTEN: N_("Written to often enough this month"), HELD_OUT: N_("Held out of a list that still runs"),
    OTHER_LIST: N_("On another list of this week"),
}  # fmt: skip
WHY = {
    ANSWER: N_("An answer within days is what keeps somebody. Nothing is offered before that."),
    REFILL: N_("By what they bought, how much of it, and how long it lasts those who buy again."),
    SECOND: N_("The middle half of those who came back a second time did so at this distance from their first purchase."),
    LATE: N_("Three purchases or more, and silent for one to two of the shop's usual intervals."),
    CARE_7: N_("Does it work? Questions come up in the first week."),
    CARE_14: N_("Two weeks in is when habits form, or do not."),
    CARE_30: N_("After a month one can say what has changed."),
    UNREVIEWED: N_("Ask in neutral words and offer nothing for it: reviews for a reward are against the rules of the platforms."),
    FESTIVAL: N_("Regulars hear of it before everybody else."),
    THANK: N_("Ask what they like and what is missing; a thank-you needs no offer."),
    STOCK: N_("Nothing here says why it does not sell: sold out, hidden, or taken off. Those who run out of it find nothing to buy."),
    WORSE: N_("More reviews complain of it than chance explains. Look at what changed then."),
    WORSE_PRODUCT: N_("More of its buyers are unhappy than chance explains. Read what they say, and look at the last delivery of it."),
    CAMPAIGN: N_("Its last day is a month ago: who came then has had time to come back."),
    READ_OUT: N_("The days in which its people could buy are over."),
}  # fmt: skip
COUNTED = N_(
    "Days count from the completion of the order; where no file tells it, from when such parcels usually arrive."
)
MESSAGES = {
    REFILL: N_("Hello! Your {product} should be about to run out. If you would like more, write to me any time."),
    SECOND: N_("Hello! How do you like {product}? If you have a question about it, just ask."),
    LATE: N_("Hello! It has been a while. Is everything all right with {product}? Tell me if there is something we can do better."),
    CARE_7: N_("Hello! You have had {product} for about a week. Is everything clear, and does it suit you?"),
    CARE_14: N_("Hello! Two weeks with {product}: how is it going? Write to me if something is not as you hoped."),
    CARE_30: N_("Hello! You have had {product} for about a month. What has changed for you?"),
    UNREVIEWED: N_("Hello! How do you like {product}? Your honest words, good or bad, help others to choose."),
    FESTIVAL: N_("Hello! You hear this first: for {about} we have prepared something. It is open to regulars from today."),
    THANK: N_("Hello! You are one of those who have been with us longest. Thank you. What should we do better?"),
}  # fmt: skip
CHANNELS = {
    "chat": N_("Shop's chat"),
    "line": "LINE",
    "edm": N_("E-mail"),
    "sms": N_("Text message"),
    "phone": N_("Phone"),
    "card": N_("Card in the parcel"),
}


WINDOW = 90
"""Days of the rate in the first line."""


def answer(head: Headline | None, before: LastWeek | None) -> str:
    """The first line: how repurchase stands. head: None where there are no orders."""
    if head is None:
        return _("These files hold reviews and no orders: what follows stands on the reviews alone.")
    within = head.rate
    if within.eligible:
        said = _(
            "{rate} of first-time buyers came back within {days}.", rate=share(within.rate, int(within.eligible)), days=text.days(WINDOW)
        )  # fmt: skip
    else:
        said = _(
            "No customer has been here for {days} yet, so nobody can say how many come back.", days=text.days(WINDOW)
        )
    return text.sentences(said, _last(before))


def _last(before: LastWeek | None) -> str:
    """How many of last week's buyers had bought before; "" where no week is whole."""
    if before is None:
        return _("The data hold no whole week (Monday to Sunday) yet.")
    returning, new = (int(before.weeks.iloc[-1][name]) for name in ("returning_buyers", "new_buyers"))
    if not returning + new:
        return _("Last week nobody bought whom the files can tell apart.")
    return _("Of last week’s {total} known buyers {returning} had bought before.", total=number(returning + new), returning=number(returning))  # fmt: skip


def planned(week: Week) -> str:
    """How many tasks there are, and for how many people."""
    if not week.tasks:
        if left_alone := sum(week.excluded.values()):
            return plural(
                "Nobody can be written to now: {n} person fits a list of this week and is left alone. “{view}” says why.",
                "Nobody can be written to now: {n} people fit a list of this week and are left alone. “{view}” says why.",
                left_alone, view=_(VIEWS["limits"]),
            )  # fmt: skip
        return _("Nothing has to be done this week: by these files nobody is left to write to.")
    people = sum(len(task.people) for task in week.tasks)
    if not people:
        return plural("{n} task this week", "{n} tasks this week", len(week.tasks))
    return _(
        "{tasks} for {people} this week; nobody stands in two of them.",
        tasks=plural("{n} task", "{n} tasks", len(week.tasks)),
        people=plural("{n} person", "{n} people", people),
    )


def title(task: Task) -> str:
    """A task in one line."""
    return plain(_(TITLES[task.kind], n=number(task.n), about=literal(about(task))))


def about(task: Task) -> str:
    """What a task is about, in the reader's words."""
    if task.kind == WORSE:
        return _(task.about) if task.about in ASPECTS else task.about
    if task.kind == FESTIVAL:
        return _(task.about)
    if task.kind == READ_OUT:
        return sent_lists.called(task.about)
    return task.about


def counted(task: Task) -> str:
    """From which day a task counts; "" where it counts from none."""
    return _(COUNTED) if task.kind in (CARE_7, CARE_14, CARE_30, UNREVIEWED) else ""


def worth(task: Task) -> str:
    """What its people usually buy in a month; "" where it is not to be said."""
    low, high = task.worth
    if missing(low):
        return ""
    currency = session.current().currency
    return _(
        "Customers like these buy for {low} to {high} within 30 days by themselves.", low=money(low, currency), high=money(high, currency)
    )  # fmt: skip


def held(task: Task) -> str:
    """How many are held out, or why nobody is; "" for lists that are not sold to."""
    held_out = int(task.people.held_out.sum()) if len(task.people) else 0
    return (
        plural("{n} of them is held out, to measure by.", "{n} of them are held out, to measure by.", held_out)
        if held_out
        else ""
    )


def message(task: Task, product: object) -> str:
    """What could be written to one of a task's people."""
    named = product if isinstance(product, str) and product else _("what you bought")
    return _(MESSAGES[task.kind], product=named, about=about(task)) if task.kind in MESSAGES else ""


def of_the_week(week: Week) -> str:
    """The week as one text, to be pasted into a chat. No customer is named in it."""
    lines = [_("This week, on data until {day}", day=text.day(week.as_of))]
    lines += [
        f"{at}. {text.bare(_(TITLES[task.kind], n=number(task.n), about=about(task)))}（{_('until {day}', day=text.day(task.until))}）"
        for at, task in enumerate(week.tasks, 1)
    ]
    return "\n".join(lines if week.tasks else [*lines, _("Nothing has to be done this week.")])
