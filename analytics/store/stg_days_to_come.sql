-- Grain: one row: the first day of orders that cannot be of now: after $today, or, few against all others, more than two years after these.
with days as (
    select
        cast(ordered_at as date) as day,
        count(*) as orders
    from staged.checked
    where reason is null
        and cast(ordered_at as date) <= $today
    group by cast(ordered_at as date)
),
gaps as (
    select
        day,
        day - lag(day) over (order by day) as gap,
        sum(orders) over (order by day desc) as from_here,
        sum(orders) over () as orders
    from days
)
select least(
    (select min(day) from gaps where gap > 730 and from_here <= greatest(1, 0.01 * orders) and orders - from_here >= 3),
    (select min(cast(ordered_at as date)) from staged.order_facts where cast(ordered_at as date) > $today)
) as from_day
