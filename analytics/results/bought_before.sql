-- Grain: one row per list of the contact log: of the people it was sent to, how many had bought in the $days days before it.
with logged as (
    select
        list,
        customer_id,
        min(day) as day
    from contact_log
    where list is not null and not coalesce(held_out, false)
    group by list, customer_id
),
people as (
    select
        logged.list,
        logged.customer_id,
        count(orders.order_key) as orders
    from logged
    left join orders
        on
            orders.customer_id = logged.customer_id
            and cast(orders.ordered_at as date) between logged.day - $days and logged.day - 1
    group by logged.list, logged.customer_id
)
select
    list,
    count(*) as people,
    count(*) filter (where orders > 0) as bought_before
from people
group by list
order by list
