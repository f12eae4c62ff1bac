-- Grain: one row per calendar month from the first order to the last day covered, silent months included.
with seen as (
    select date_trunc('month', ordered_at)::date as month, 1 as counts, 0 as left_out
    from orders
    union all
    select date_trunc('month', ordered_at)::date as month, 0 as counts, 1 as left_out
    from excluded_orders
    where ordered_at is not null and reason <> 'superseded'
),
calendar as (
    select unnest(generate_series(
        (select min(month) from seen)::timestamp,
        (select date_trunc('month', max(as_of)) from shop)::timestamp,
        interval 1 month
    ))::date as month
)
select
    calendar.month,
    coalesce(sum(seen.counts), 0)::bigint as orders,
    coalesce(sum(seen.left_out), 0)::bigint as left_out
from calendar
left join seen on seen.month = calendar.month
group by calendar.month
order by calendar.month
