-- Grain: one row per kind of buyer in a span of days: buyers, orders, revenue. new: first bought in the span; guest: not known.
select
    case
        when orders.customer_id is null then 'guest'
        when customers.first_day >= $first_day then 'new'
        else 'existing'
    end as kind,
    count(distinct coalesce(orders.customer_id, cast(orders.order_key as varchar))) as buyers,
    count(*) as orders,
    sum(orders.revenue) as revenue
from orders
left join customer_facts as customers on customers.customer_id = orders.customer_id
where cast(orders.ordered_at as date) between $first_day and $last_day
group by
    case
        when orders.customer_id is null then 'guest'
        when customers.first_day >= $first_day then 'new'
        else 'existing'
    end
order by kind
