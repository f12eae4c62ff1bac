-- Grain: one row per product: its orders in the period, those returned or refunded, and how many of its first
-- buyers bought anything again within $days, of those old enough.
with goods as (
    select distinct
        lines.order_key,
        lines.product
    from lines
    where lines.product is not null
),
returned_units as (
    select distinct
        lines.order_key,
        lines.product
    from lines
    where lines.product is not null
        and lines.returned > 0
),
placed as (
    select order_key, customer_id, ordered_at, nth, in_period, true as counts
    from orders
    union all
    select order_key, customer_id, ordered_at, nth, true as in_period, false as counts
    from excluded_orders
    where reason = 'refunded'
),
second_days as (
    select customer_id, min(case when nth = 1 then cast(ordered_at as date) end) as first_day, min(case when nth = 2 then cast(ordered_at as date) end) as second_day
    from orders
    where nth <= 2
    group by customer_id
),
first_buyers as (
    select distinct goods.product, second_days.customer_id, second_days.second_day - second_days.first_day as days_to_next
    from goods
    inner join orders on orders.order_key = goods.order_key and orders.nth = 1
    inner join second_days on second_days.customer_id = orders.customer_id
    cross join shop
    where second_days.first_day >= shop.start
        and shop.as_of - second_days.first_day >= $days
),
rates as (
    select product, count(*) as eligible, count(*) filter (where days_to_next <= $days) as repurchased
    from first_buyers
    group by product
)
select
    goods.product,
    count(*) filter (where placed.counts) as orders,
    count(*) as placed,
    count(*) filter (where not placed.counts or returned_units.order_key is not null) as returned,
    coalesce(max(rates.eligible), 0) as eligible,
    coalesce(max(rates.repurchased), 0) as repurchased
from goods
inner join placed on placed.order_key = goods.order_key
left join returned_units on returned_units.order_key = goods.order_key and returned_units.product = goods.product
left join rates on rates.product = goods.product
where placed.in_period
group by goods.product
order by orders desc, goods.product
