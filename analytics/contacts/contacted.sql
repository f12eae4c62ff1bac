-- Grain: one row per customer with a message, or held out, in the last 30 days up to $today, or who declined marketing.
-- held_now: held out of a list whose $days days are not over. A card in a parcel is no message.
with messages as (
    select
        customer_id,
        max(day) filter (where not coalesce(held_out, false)) as last_day,
        count(distinct day) filter (where not coalesce(held_out, false) and day > $today - 30) as messages,
        coalesce(bool_or(held_out and day > $today - $days), false) as held_now
    from contact_log
    where day > $today - greatest(30, $days) and not starts_with(coalesce(list, ''), 'card/')
    group by customer_id
),
declined as (
    select customer_id
    from customers
    where marketing = false
    union
    select customer_id
    from members
    where consent = false
)
select
    coalesce(messages.customer_id, declined.customer_id) as customer_id,
    messages.last_day,
    coalesce(messages.messages, 0) as messages,
    coalesce(messages.held_now, false) as held_now,
    declined.customer_id is not null as declined
from messages
full join declined on declined.customer_id = messages.customer_id
order by customer_id
