-- Grain: one row per order that counts, in numbers: its buyer (see `buyers`; a guest's order is a buyer of its own), buying day and money.
-- of_value, of_row: what a line's value, or where lines have none each line, is worth of the order's revenue; NULL where the
-- value of one of several lines cannot be read. mark: a bit of its own among the orders of
-- one buying day (from the 63rd on they share one).
select
    orders.order_key,
    coalesce(buyers.buyer, orders.order_key) as buyer,
    orders.nth,
    cast(orders.ordered_at as date) as day,
    orders.in_period,
    orders.revenue,
    case when orders.line_value > 0 then cast(orders.revenue as double) / cast(orders.line_value as double) end as of_value,
    case when orders.line_value is not null or orders.rows = 1 then cast(orders.revenue as double) / orders.rows end as of_row,
    cast(1 as bigint) << least(
        row_number() over (
            partition by buyers.buyer, orders.nth, case when orders.nth is null then orders.order_key end order by orders.order_key
        ) - 1,
        62
    ) as mark
from orders
left join buyers on buyers.customer_id = orders.customer_id
