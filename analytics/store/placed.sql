-- Grain: one row per order that counts, in numbers: its buyer (see `ranks`), buying day and money.
-- value: what its goods cost before vouchers. of_value, of_row: what a line's value, or where lines have none each line, is worth of the
-- order's revenue; NULL where the value of one of several lines cannot be read. mark: a bit of its own among the orders of
-- one buying day (from the 63rd on they share one); 1: the first of them.
select
    ranks.order_key,
    ranks.buyer,
    ranks.nth,
    cast(orders.ordered_at as date) as day,
    ranks.in_period,
    orders.revenue,
    cast(coalesce(orders.gross, orders.revenue) as double) as value,
    case when orders.line_value > 0 then cast(orders.revenue as double) / cast(orders.line_value as double) end as of_value,
    case when orders.line_value is not null or orders.rows = 1 then cast(orders.revenue as double) / orders.rows end as of_row,
    cast(1 as bigint) << least(ranks.place, 62) as mark
from ranks
inner join staged.order_facts as orders on orders.order_key = ranks.order_key
