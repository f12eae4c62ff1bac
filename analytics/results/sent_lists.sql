-- Grain: one row per list of the contact log, those that were written last first.
-- Cards in parcels are no lists: they are read back by their codes. A person belongs to the group that the list first put them in, whatever came later; who is in both at once is held out.
-- Bought: an order that counts from that day on, within $days days. Only people whose days are all over are counted (watched).
with logged as (
    select
        list,
        customer_id,
        min(day) as day,
        bool_or(coalesce(held_out, false)) as held_out,
        min(channel) as channel
    from contact_log
    where list is not null and not starts_with(list, 'card/')
    group by list, customer_id
),
bought as (
    select
        logged.list,
        logged.customer_id,
        count(orders.order_key) as orders,
        coalesce(sum(orders.revenue), 0) as revenue
    from logged
    inner join orders
        on
            orders.customer_id = logged.customer_id
            and cast(orders.ordered_at as date) between logged.day and logged.day + ($days - 1)
    group by logged.list, logged.customer_id
),
people as (
    select
        logged.list,
        logged.day,
        logged.channel,
        logged.held_out,
        logged.day + ($days - 1) <= $as_of as watched,
        coalesce(bought.orders, 0) as orders,
        coalesce(bought.revenue, 0) as revenue
    from logged
    left join bought on bought.list = logged.list and bought.customer_id = logged.customer_id
)
select
    list,
    min(day) as first_day,
    max(day) as last_day,
    max(day) + ($days - 1) as over_on,
    min(channel) as channel,
    count(*) filter (where not held_out) as people,
    count(*) filter (where held_out) as people_held,
    count(*) filter (where not held_out and watched) as sent,
    count(*) filter (where held_out and watched) as held,
    count(*) filter (where not held_out and watched and orders > 0) as bought,
    count(*) filter (where held_out and watched and orders > 0) as held_bought,
    coalesce(sum(orders) filter (where not held_out and watched), 0) as orders,
    coalesce(sum(revenue) filter (where watched), 0) as revenue
from people
group by list
order by last_day desc, list
