-- Grain: one row per customer who had bought by the day $until: what was known of them then, and whether they bought in the $days days after.
-- list_due: a refill product of theirs runs out in those days. usual_gap: the shop's median interval, as known then.
with days as (
    select
        buyer,
        nth,
        min(day) as day
    from placed
    where nth is not null
    group by buyer, nth
),
gaps as (
    select
        day,
        day - lag(day) over (partition by buyer order by nth) as gap
    from days
    where day <= $until
),
usual as (
    select quantile_cont(cast(gap as double), 0.5) as gap
    from gaps
    where gap is not null
),
known as (
    select
        buyer,
        max(day) filter (where day <= $until) as last_day,
        max(nth) filter (where day <= $until) as days,
        cast(sum(revenue) filter (where day <= $until) as double) as revenue,
        bool_or(day > $until and day <= $until + cast($days as integer)) as bought
    from placed
    where nth is not null
    group by buyer
),
told as (
    select
        unnest($goods::integer[]) as good,
        unnest($cycles::double[]) as cycle
),
last_of as (
    select
        followed.buyer,
        followed.good,
        followed.day as last_day,
        followed.units
    from followed
    inner join told on told.good = followed.good
    where followed.day <= $until and coalesce(followed.next_day > $until, true)
),
last_of_family as (
    select
        purchases.buyer,
        products.family,
        max(purchases.day) as day
    from purchases
    inner join products on products.good = purchases.good
    where products.family is not null and purchases.nth is not null and purchases.day <= $until
    group by purchases.buyer, products.family
),
due as (
    select distinct last_of.buyer
    from last_of
    inner join told on told.good = last_of.good
    inner join products on products.good = last_of.good
    left join last_of_family on last_of_family.buyer = last_of.buyer and last_of_family.family = products.family
    where last_of.last_day + cast(floor(least(last_of.units * told.cycle, 3650) + 0.5) as integer) between $until + 1 and $until + cast($days as integer)
        and not coalesce(last_of_family.day > last_of.last_day, false)
)
select
    known.buyer,
    buyers.customer_id,
    $until - known.last_day as recency,
    known.days,
    known.revenue,
    known.bought,
    usual.gap as usual_gap,
    due.buyer is not null as list_due
from known
cross join usual
inner join buyers on buyers.buyer = known.buyer
left join due on due.buyer = known.buyer
where known.last_day is not null
order by known.buyer
