-- Grain: one row per kind of buyer in a span of days: buyers, orders, revenue. new: first bought in the span; guest: not known.
with firsts as (
    select
        customer_id,
        min(cast(ordered_at as date)) as first_day
    from orders
    where customer_id is not null
    group by customer_id
)
select
    case
        when orders.customer_id is null then 'guest'
        when firsts.first_day >= $first_day then 'new'
        else 'existing'
    end as kind,
    count(distinct coalesce(orders.customer_id, cast(orders.order_key as varchar))) as buyers,
    count(*) as orders,
    sum(orders.revenue) as revenue
from orders
left join firsts on firsts.customer_id = orders.customer_id
where cast(orders.ordered_at as date) between $first_day and $last_day
group by
    case
        when orders.customer_id is null then 'guest'
        when firsts.first_day >= $first_day then 'new'
        else 'existing'
    end
order by kind
