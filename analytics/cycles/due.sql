-- Grain: one row per customer and refill product they hold, as known on the day $until: when it runs out, and whether something else speaks against writing.
-- In no order. Only those that run out from $earliest to $latest; NULL: all. times: days since the purchase over the days it lasts. substitute: the customer has bought
-- another product of its family since.
with told as (
    select
        unnest($goods::integer[]) as good,
        unnest($cycles::double[]) as cycle,
        unnest($from_days::double[]) as from_days,
        unnest($until_days::double[]) as until_days
),
last_of as (
    select
        followed.buyer,
        followed.good,
        followed.day as last_day,
        followed.units,
        followed.revenue as spend,
        told.cycle,
        told.from_days,
        told.until_days,
        followed.day + cast(floor(least(followed.units * told.cycle, 3650) + 0.5) as integer) as due_day
    from followed
    inner join told on told.good = followed.good
    where followed.day <= $until
        and coalesce(followed.next_day > $until, true)
),
due as (
    select *
    from last_of
    where ($earliest is null or due_day >= $earliest) and ($latest is null or due_day <= $latest)
),
last_of_family as (
    select
        purchases.buyer,
        products.family,
        max(purchases.day) as day
    from purchases
    inner join products on products.good = purchases.good
    where products.family is not null
        and purchases.nth is not null
        and purchases.day <= $until
        and purchases.buyer in (select buyer from due)
    group by purchases.buyer, products.family
)
select
    due.buyer,
    due.good,
    due.last_day,
    due.units,
    due.cycle,
    due.spend,
    due.due_day,
    due.last_day + cast(floor(least(due.units * due.from_days, 3650) + 0.5) as integer) as window_from,
    due.last_day + cast(floor(least(due.units * due.until_days, 3650) + 0.5) as integer) as window_until,
    ($until - due.last_day) / (due.units * due.cycle) as times,
    coalesce(last_of_family.day > due.last_day, false) as substitute
from due
inner join products on products.good = due.good
left join last_of_family on last_of_family.buyer = due.buyer and last_of_family.family = products.family
