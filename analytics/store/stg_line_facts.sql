-- Grain: one row per line with an order number of one export, cast and tied to its order. What stands there and cannot be
-- read is NULL: a quantity, what came back of it, a value (value_unread). Identical lines are two sales: both stay.
with cast_lines as (
    select
        keyed_runs.order_key,
        raw.line - keyed_runs.order_key + 1 as line,
        raw.product_key,
        case when $counts_units then amount_or(raw.quantity, raw.quantity_unread, 1) else 1 end as quantity,
        amount_or(raw.returned, raw.returned_unread, 0) as returned,
        returned_runs.run is not null as all_returned,
        raw.price,
        raw.line_total,
        raw.price is not null
        or raw.price_unread is not null
        or raw.line_total is not null
        or raw.line_total_unread is not null as has_value
    from raw_lines as raw
    inner join staged.keyed_runs on keyed_runs.run = raw.run
    left join staged.returned_runs on returned_runs.run = raw.run
)
select
    order_key,
    line,
    product_key,
    cast(quantity as double) as quantity,
    cast(case when all_returned then quantity else returned end as double) as returned,
    coalesce(cast(price as double), cast(line_total as double) / nullif(cast(quantity as double), 0)) as price,
    coalesce(line_total, line_value(price, quantity)) as value,
    has_value and value is null as value_unread
from cast_lines
