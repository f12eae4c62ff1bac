-- Grain: one row per customer who had bought by the day $until: what was known of them then, and whether they bought in the $days days after.
with known as (
    select
        buyer,
        max(day) filter (where day <= $until) as last_day,
        max(nth) filter (where day <= $until) as days,
        cast(sum(revenue) filter (where day <= $until) as double) as revenue,
        bool_or(day > $until) as bought
    from placed
    where nth is not null and day <= $until + cast($days as integer)
    group by buyer
)
select
    buyer,
    $until - last_day as recency,
    days,
    revenue,
    bought
from known
where last_day is not null
order by buyer
