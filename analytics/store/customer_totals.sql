-- Grain: one row per customer with an order that counts, of the whole history up to the period's end, whatever its start.
-- buyer: as in `ranks`. first_day is NULL where it lies before the data begin (the customers known to be older), so that no cohort holds them.
select
    ranks.buyer,
    any_value(orders.customer_id) as customer_id,
    min(orders.ordered_at) as first_ordered_at,
    max(orders.ordered_at) as last_ordered_at,
    min(case when ranks.nth = 1 then cast(orders.ordered_at as date) end) as first_day,
    min(case when ranks.nth = 2 then cast(orders.ordered_at as date) end) as second_day,
    count(*) as orders,
    max(ranks.nth) as days,
    sum(orders.revenue) as revenue
from ranks
inner join staged.order_facts as orders on orders.order_key = ranks.order_key
where ranks.nth is not null
group by ranks.buyer
