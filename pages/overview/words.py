"""The overview's findings, stages and rules in words."""

from __future__ import annotations

from analytics.overview import Finding, Headline, Overview, Stage
from pages.shared.text import N_, _, days, listed, literal, money, month, number, percent, points, sentences, share
from pages.shared.widgets import Said

FINDINGS = {
    "mostly_once": N_(
        "Of {n} customers who first bought {days} ago or earlier, {repurchased} ({rate}) have come back. That is usual for goods that "
        "last for years: intervals and cohorts rest on few people here, so look at reviews, accessories and word of mouth first."
    ),
    "rate_reaches_target": N_(
        "{rate} of first-time buyers (n={n}) came back within {days}, surely above the {target} target (range {low} to {high}). "
        "The third purchase is the next thing to look at."
    ),
    "rate_near_target": N_(
        "{rate} of first-time buyers (n={n}) came back within {days}; the range {low} to {high} holds the {target} target, so it is "
        "too early to say above or below. Watch it for another month."
    ),
    "rate_below_target": N_(
        "{rate} of first-time buyers (n={n}) came back within {days}, below the {target} target (range {low} to {high}). A care "
        "message in the weeks after the first parcel is the first thing to try."
    ),
    "own_curve": N_(
        "The shop's own curve of first-time buyers: {curve} (n={n} at most). A target belongs to one number of days; you set it under Targets."
    ),
    "group_difference": N_(
        "{who} {rate} (n={n}) came back within {days}, of {others} {other_rate} (n={other_n}): {difference}, range {low} to {high}. It "
        "stands out among {looked} groups looked at, chance finds allowed for."
    ),
    "order_share_usual": N_(
        "Since {since}, {after} of orders (n={n_after}) are repurchases, against {before} (n={n_before}) in the three months "
        "before: {difference}, no more than this share moves by itself from one quarter to the next ({usual})."
    ),
    "order_share_up": N_(
        "Since {since}, {after} of orders (n={n_after}) are repurchases, against {before} (n={n_before}) in the three months "
        "before: {difference}, range {low} to {high}."
    ),
    "order_share_down": N_(
        "Since {since}, {after} of orders (n={n_after}) are repurchases, against {before} (n={n_before}) in the three months "
        "before: {difference}, range {low} to {high}. See whether more new buyers came or fewer old ones."
    ),
    "order_share_steady": N_(
        "Since {since}, {after} of orders (n={n_after}) are repurchases, against {before} (n={n_before}) in the three months "
        "before: the two cannot be told apart (range {low} to {high})."
    ),
    "late_regulars": N_(
        "{late} of {n} customers who bought at least twice are late by one to three usual intervals (silent for {from_days} to {until_days}); "
        "they have spent {revenue} so far: write to these first. {silent} have been silent for longer and have probably gone."
    ),
    "rhythm": N_(
        "Those who come back usually do so after {median} (half of the {n} gaps lie between {low} and {high}). Before that a care "
        "message fits; the page Repurchase rhythm says who turns late, and when."
    ),
    "repeat_aov_higher": N_(
        "A repurchase is worth {repeat} (n={n_repeat}) on average, a first order {first} (n={n_first})."
    ),
    "repeat_aov_lower": N_(
        "A repurchase is worth {repeat} (n={n_repeat}) on average, less than a first order with {first} (n={n_first}). "
        "Sets and larger packs for known customers are one thing to try."
    ),
    "top_customers": N_(
        "The best {customers} of {n} customers bring {share} of revenue from known customers. Know them by name."
    ),
}  # fmt: skip

STAGES = (
    (N_("Starting out"), N_("Work on traffic and good reviews: every early buyer should have a reason to praise you.")),
    (N_("Growing"), N_("Work on repurchase and word of mouth: care after the parcel, reminders in time, member days.")),
    (N_("Established"), N_("Work on segments, supply and service: talk to each group in its own way and never run out of favourites.")),
)  # fmt: skip

RULES = {
    "regulars": (N_("This dashboard"), N_("Bought on an earlier day, before the window or inside it")),
    "shopee_existing": (N_("Shopee: existing buyers"), N_("An order in the 12 months before the window")),
    "shopee_repeat": (N_("Shopee: repeat buyers"), N_("More than one order inside the window, split orders included")),
    "shopify": (N_("Shopify: returning"), N_("Any order before the window")),
    "metorik": (N_("Metorik: returning"), N_("More than one order ever, later ones included")),
}

MEASURES = {"revenue": N_("Revenue"), "buyers": N_("Buyers")}
COMPARISONS = {"month": N_("Month before"), "quarter": N_("Three months before"), "year": N_("A year before")}
DEPENDENCE = {
    "customers": N_("Best 10 % of customers"),
    "product": N_("Top product"),
    "channel": N_("Top sales channel"),
}


PAGES = {
    "rate_near_target": ("cohorts", {"cohorts_view": "trend"}),
    "rate_below_target": ("repurchase", {"repurchase_view": "ladder"}),
    "rate_reaches_target": ("repurchase", {"repurchase_view": "ladder"}),
    "order_share_down": ("cohorts", {"cohorts_view": "trend"}),
    "late_regulars": ("segments", {"segments_section": "list"}),
    "group_difference": ("cohorts", {"cohorts_view": "groups"}),
    "rhythm": ("repurchase", {"repurchase_view": "people"}),
    "top_customers": ("segments", {"segments_section": "card"}),
}
"""Finding -> the page where one can act on it, and what to open there."""

GROUPS = {
    "product": N_("Of new customers whose first order held “{group}”"),
    "code": N_("Of new customers who came with the code “{group}”"),
    "channel": N_("Of new customers from the channel “{group}”"),
    "city": N_("Of new customers from {group}"),
    "month": N_("Of the customers first seen in {group}"),
}
OTHERS = {"rest": N_("all others"), "none": N_("those without a code")}
"""How the group that stands out, and whom it is held against, are called in a sentence."""


def finding(found: Finding, currency: str) -> Said:
    """One finding as a sentence in the reader's language, with its page."""
    if found.key == "group_difference":
        return _difference(found.values)
    formats = {
        "days": days, "median": days, "from_days": number, "until_days": days, "usual": points,
        "curve": lambda rates: listed([f"{days(window)} {percent(rate)}" for window, rate in rates]), "revenue": lambda value: money(value, currency), "first": lambda value: money(value, currency),
        "repeat": lambda value: money(value, currency), "since": month, "difference": points,
    }  # fmt: skip
    if "difference" in found.values:
        formats |= {"low": points, "high": points}
    elif found.key == "rhythm":
        formats |= {"low": days, "high": days}
    shares = {"rate", "low", "high", "target", "after", "before", "share"}
    words = {
        name: (formats.get(name) or (percent if name in shares else number))(value)
        for name, value in found.values.items()
    }
    return Said(_(FINDINGS[found.key], **words), *PAGES.get(found.key, ()))


def _difference(values: dict) -> Said:
    """The group difference that stands out, with the page that shows its groups."""
    name = values["group"] if values["cut"] == "month" else literal(values["group"])
    words = {key: number(values[key]) for key in ("n", "other_n", "looked")}
    words |= {key: percent(values[key]) for key in ("rate", "other_rate")}
    words |= {key: points(values[key]) for key in ("difference", "low", "high")}
    said = _(
        FINDINGS["group_difference"],
        who=_(GROUPS[values["cut"]], group=name),
        others=_(OTHERS[values["other"]]),
        days=days(values["days"]),
        **words,
    )
    page, choices = PAGES["group_difference"]
    shown = {"cohorts_view": "trend"} if values["cut"] == "month" else {**choices, "cohorts_cut": values["cut"]}
    return Said(said, page, shown | {"cohorts_days": str(values["days"])})


def stage(found: Stage, currency: str) -> tuple[str, str]:
    """A stage's name with its monthly revenue, and what to work on in it, with the pace towards the next limit where it is known."""
    name, focus = STAGES[found.place]
    title = _("{stage}: {money} a month", stage=_(name), money=money(found.monthly, currency))
    pace = ""
    if found.months_to_next == found.months_to_next:
        pace = _(
            "At the growth of the last six months ({growth} a month) the next stage, {limit}, is about {n} months away. From "
            "300,000 to 1,000,000 in half a year is possible; few shops are that fast.",
            growth=percent(found.growth - 1),
            limit=money(found.limits[found.place], currency),
            n=number(max(1, found.months_to_next)),
        )
    return title, sentences(_(focus), pace)


def limits(found: Overview, currency: str) -> str:
    """What kind of goods the stages' limits are said of, and whether this shop's are far from it."""
    first = found.repurchase.totals.aov_first
    if 500 <= first <= 2_000 or first != first:
        return _("The limits assume goods of about NT$1,000.")
    return _(
        "The limits assume goods of about NT$1,000; a first order here is {first} on average, so take the stage as a rough guide.",
        first=money(first, currency),
    )


def answer(found: Overview, head: Headline) -> str:
    """The overview in one sentence. head: the figures of the chosen window."""
    within = head.rate
    if not within.eligible:
        return _(
            "No customer has been here for {days} yet, so that rate cannot be said; {n} have bought so far.",
            days=days(within.name),
            n=number(found.repurchase.totals.buyers),
        )
    return _(
        "{rate} of first-time buyers came back within {days}; returning customers bring {share} of revenue.",
        rate=share(within.rate, int(within.eligible)),
        days=days(within.name),
        share=percent(found.figures(head).revenue_share),
    )
