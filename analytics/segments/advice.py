"""What to do for each segment, in this order: relationship first, discount last; what not to send; and a message to begin with.

Sentences are marked for the catalogues; `{product}` in a message stands for the customer's usual product.

Long because it holds the texts of ten segments.
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.errors import N_


@dataclass(frozen=True)
class Step:
    """One thing to do, or not to do, and the reason."""

    do: str
    why: str


@dataclass(frozen=True)
class Advice:
    """How to treat one segment: the aim, three steps in order, what to leave, a message with {product} and one without."""

    aim: str
    steps: tuple[Step, Step, Step]
    avoid: Step
    message: str
    message_without_product: str


ADVICE: dict[str, Advice] = {
    "Champions": Advice(
        aim=N_("Let them feel known, not sold to."),
        steps=(
            Step(
                N_("Tell them of new products and festivals a few days before everybody else, and let them choose first."),
                N_("Being first costs no margin, and regular customers feel it most."),
            ),
            Step(
                N_("Put a handwritten thank-you into the parcel, with a sample of something they have not bought yet."),
                N_("They trust the shop already; a sample opens the way to a second line of products."),
            ),
            Step(
                N_("Invite them to a review with a picture, and ask what they would like to see next."),
                N_("Nobody convinces a new customer better than somebody who keeps buying."),
            ),
        ),
        avoid=Step(
            N_("No coupons that everybody gets."),
            N_("They buy at full price anyway; with coupons they may begin to wait for the next one."),
        ),
        message=N_("Hello, and thank you for staying with us! Something new that goes well with your {product} is on its way. Old friends hear of it first; we keep one for you until the weekend."),
        message_without_product=N_("Hello, and thank you for staying with us! Something new is on its way. Old friends hear of it first; we keep one for you until the weekend."),
    ),
    "Loyal": Advice(
        aim=N_("One step closer: one more product, one more reason to stay."),
        steps=(
            Step(
                N_("Remind them a few days before their usual product runs out."),
                N_("In time it is a service; too late it is an advertisement."),
            ),
            Step(
                N_("Tell the story of one product that goes with theirs: who makes it, how to use the two together."),
                N_("They know the quality; what is missing is a reason to try another shelf."),
            ),
            Step(
                N_("Show how little is missing to the next member tier: the benefit first, the rule second."),
                N_("A benefit within reach is a reason to buy here and not elsewhere."),
            ),
        ),
        avoid=Step(
            N_("No offers meant for first-time buyers."),
            N_("Who has bought for months does not like to see strangers pay less."),
        ),
        message=N_("Hello! By our reckoning your {product} is nearly used up. Shall we put one aside for you? And do tell us how you like it."),
        message_without_product=N_("Hello! It is about time for your next order. Shall we put something aside for you? And do tell us how you liked the last one."),
    ),
    "PotentialLoyalist": Advice(
        aim=N_("Help them to the third purchase: each further one is usually easier than the second."),
        steps=(
            Step(
                N_("Ask a week after delivery how it goes; solve problems before you sell anything."),
                N_("A question costs a minute, and it tells you early what would have driven them away."),
            ),
            Step(
                N_("Recommend the two or three products that buyers of the same thing took next."),
                N_("A short list with a reason is of more use than the whole catalogue."),
            ),
            Step(
                N_("Invite them to the member day, with a small gift instead of money off."),
                N_("A gift is remembered; a discount becomes the price they expect."),
            ),
        ),
        avoid=Step(
            N_("No second discount right after the first."),
            N_("Who came twice for a discount may wait for a third one."),
        ),
        message=N_("Hello! How are you getting on with your {product}? Many people use it together with something else; write back if you would like to know with what."),
        message_without_product=N_("Hello! How are you getting on with your last order? Write back if you would like to know what others use with it."),
    ),
    "New": Advice(
        aim=N_("Make the first parcel a good beginning: the next thirty days decide."),
        steps=(
            Step(
                N_("Ask after them on days 7, 14 and 30 after delivery: has it come, how is it used, how does it go."),
                N_("A small question that stays open is enough to buy elsewhere next time."),
            ),
            Step(
                N_("Introduce yourself: one story, one promise, one person to write to."),
                N_("They have bought a product; they do not know the shop yet."),
            ),
            Step(
                N_("Once they have used it, invite them to an honest review."),
                N_("Writing it down makes the impression last, and the next new customer reads it."),
            ),
        ),
        avoid=Step(
            N_("No selling in the first week, and no reward for five stars."),
            N_("They have not used it yet, and paid reviews break the platforms' rules."),
        ),
        message=N_("Hello! Has your {product} come in good order? If anything about using it is unclear, just write back; a person answers."),
        message_without_product=N_("Hello! Has your parcel come in good order? If anything is unclear, just write back; a person answers."),
    ),
    "Promising": Advice(
        aim=N_("Meet again while the first good impression is still there."),
        steps=(
            Step(
                N_("Send one tip that makes their product work better: care, a recipe, what to wear it with."),
                N_("What is useful without buying anything gets opened."),
            ),
            Step(
                N_("Write when it should be running out, at the shop's own pace."),
                N_("A month too early, the same words are noise."),
            ),
            Step(
                N_("If they need a push: free shipping on the second order, with an end date."),
                N_("It takes away what they like least and leaves the price of the goods alone."),
            ),
        ),
        avoid=Step(
            N_("No discount on the product they have just bought."),
            N_("It tells them that they paid too much."),
        ),
        message=N_("Hello! How do you find your {product}? We have collected a few tips from other customers; shall we send them to you?"),
        message_without_product=N_("Hello! How do you find what you bought? We have collected a few tips from other customers; shall we send them to you?"),
    ),
    "NeedAttention": Advice(
        aim=N_("They came several times and are slowing down: ask before they are gone."),
        steps=(
            Step(
                N_("Have a person ask, by name, whether everything was all right last time."),
                N_("A small disappointment that nobody asks about cannot be put right."),
            ),
            Step(
                N_("Remind them of their usual product and say what has become better about it."),
                N_("What they always bought is the shortest way back."),
            ),
            Step(
                N_("Give to those who give: a question answered or a picture sent earns a little credit."),
                N_("What was earned gets used; what falls from the sky is forgotten."),
            ),
        ),
        avoid=Step(
            N_("No long newsletter with everything in it."),
            N_("They need one reason, and a long list hides it."),
        ),
        message=N_("Hello! It has been a while since your last {product}. Was everything all right? If not, please tell us, so that we can put it right."),
        message_without_product=N_("Hello! It has been a while. Was everything all right last time? If not, please tell us, so that we can put it right."),
    ),
    "AboutToSleep": Advice(
        aim=N_("One light and useful word now, then leave them in peace."),
        steps=(
            Step(
                N_("Show what is new since they were last here: new, improved, back in stock."),
                N_("News is a reason to look in; “we miss you” is not."),
            ),
            Step(
                N_("Offer the small size or a trial set of something close to what they bought."),
                N_("After a pause a small step is easier than a big one."),
            ),
            Step(
                N_("Only then: a birthday or member-day gift with the next order."),
                N_("A gift with an occasion does not lower the price for good."),
            ),
        ),
        avoid=Step(
            N_("No message every week."),
            N_("Who is woken too often may block you."),
        ),
        message=N_("Hello! Since your {product} a few new things have come in; we picked three that may suit you. Have a look when you have time."),
        message_without_product=N_("Hello! Since your last visit a few new things have come in; we picked three that may suit you. Have a look when you have time."),
    ),
    "CantLose": Advice(
        aim=N_("Few people, much weight: a person gets in touch, today."),
        steps=(
            Step(
                N_("The owner calls or writes in person, without any offer, and listens first."),
                N_("They used to buy so often; only they know what has changed."),
            ),
            Step(
                N_("Read their last orders and reviews before you call, and make good what went wrong."),
                N_("An apology that knows the case means more than a coupon."),
            ),
            Step(
                N_("Whatever the tier rules say, keep their privileges for three more months."),
                N_("It lets them come back with honour; losing the tier would be one more reason to stay away."),
            ),
        ),
        avoid=Step(
            N_("No automatic “we miss you” coupon."),
            N_("To somebody who bought this much it says that nobody looked."),
        ),
        message=N_("Hello, I am the owner of the shop. I have not seen you for a while and wanted to ask myself: was something not right with your {product}? I would be glad to hear it, and to put it right."),
        message_without_product=N_("Hello, I am the owner of the shop. I have not seen you for a while and wanted to ask myself: was something not right? I would be glad to hear it, and to put it right."),
    ),
    "AtRisk": Advice(
        aim=N_("They used to come back and have stopped: ask why, then give one good reason."),
        steps=(
            Step(
                N_("Ask one question with three answers to choose from: not used up yet, bought elsewhere, not satisfied."),
                N_("Three answers need three different replies."),
            ),
            Step(
                N_("Tell them what has become better about the product they used to buy."),
                N_("An old habit is easier to take up again than a new one."),
            ),
            Step(
                N_("Last, and only once: a gift with an end date for their usual product; note who comes back only for that."),
                N_("Against the customers held out you see whether the money was well spent."),
            ),
        ),
        avoid=Step(
            N_("No discounts that grow each time."),
            N_("It can look as if staying away pays."),
        ),
        message=N_("Hello! You used to come back for {product}, so we wanted to ask: not used up yet, bought elsewhere, or not quite satisfied? One word is enough for us."),
        message_without_product=N_("Hello! You used to come back, so we wanted to ask: nothing needed yet, bought elsewhere, or not quite satisfied? One word is enough for us."),
    ),
    "Hibernating": Advice(
        aim=N_("Let them rest; the budget goes to the groups above first."),
        steps=(
            Step(
                N_("Write two or three times a year, and only with real news."),
                N_("Messages that nobody opens cost money and get the sender marked as spam."),
            ),
            Step(
                N_("Check whether they can still be reached, and take dead contacts off the list."),
                N_("Only a clean list shows how many people you really reach."),
            ),
            Step(
                N_("Learn from them: what did they buy first, and how do they differ from those who came back?"),
                N_("The answer helps with the next new customers."),
            ),
        ),
        avoid=Step(
            N_("No big discount to wake everybody at once."),
            N_("It may bring those who look at the price alone."),
        ),
        message=N_("Hello! It has been a long time since your {product}, and much is new here. If you would like to hear from us now and then, answer “yes”; if not, we will not write again."),
        message_without_product=N_("Hello! It has been a long time, and much is new here. If you would like to hear from us now and then, answer “yes”; if not, we will not write again."),
    ),
}  # fmt: skip
"""Segment -> advice, one for each of `rfm.SEGMENTS`."""

GONE = Advice(
    aim=N_("They have been away for more than three of the shop's cycles: ask once whether they still want to hear from you."),
    steps=(
        Step(
            N_("Write once, without an offer, and ask what made them stop."),
            N_("What they answer is worth more than one order: the next ones stop for the same reason."),
        ),
        Step(
            N_("Tell them what has really changed since they were last here."),
            N_("Whoever left for a reason comes back for a reason."),
        ),
        Step(
            N_("No answer: take them off the regular messages."),
            N_("The budget reaches further with those who are only a little late."),
        ),
    ),
    avoid=Step(
        N_("Do not put them into the same message as those who are only late."),
        N_("“Is it nearly used up?” a year afterwards shows that nobody looked."),
    ),
    message=N_("Hello! It has been a long time since your {product}. May we ask what made you stop? One sentence helps us; and if you would rather not hear from us, just say so."),
    message_without_product=N_("Hello! It has been a long time. May we ask what made you stop? One sentence helps us; and if you would rather not hear from us, just say so."),
)  # fmt: skip
"""For regulars silent for more than three cycles, whatever their segment."""

QUESTIONS = (
    N_("How likely are you to recommend us to a friend? (0 not at all – 10 certainly)"),
    N_("What would you tell that friend about us, in one sentence?"),
    N_("What were you looking for when you first bought here?"),
    N_("What nearly kept you from buying?"),
    N_("Which of our products would you miss most?"),
    N_("Where else do you buy such things, and what is better there?"),
    N_("What would you like to hear from us (new products, reminders, festivals, nothing), and how often?"),
    N_("May we ask you about your answers? How do we reach you best?"),
)
"""A question sheet for loyal customers: eight questions, five minutes, no reward promised."""
