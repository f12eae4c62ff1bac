-- Grain: one row per order of one export of which a line says what was taken off it or paid back for it.
-- of_returned: the part of the seller's discounts that belongs to units sent back.
select
    keyed_runs.order_key,
    try_cast(sum(abs(amount(raw.line_seller_discount, $styles.line_seller_discount))) as decimal(18, 4)) as seller_discount,
    try_cast(sum(abs(amount(raw.line_platform_discount, $styles.line_platform_discount))) as decimal(18, 4)) as platform_discount,
    try_cast(sum(abs(amount(raw.line_refunded, $styles.line_refunded))) as decimal(18, 4)) as refunded,
    try_cast(sum(
        cast(abs(amount(raw.line_seller_discount, $styles.line_seller_discount)) as double)
        * least(1, cast(amount(raw.returned, $styles.returned) as double) / nullif(cast(coalesce(amount(raw.quantity, $styles.quantity), 1) as double), 0))
    ) as decimal(18, 4)) as of_returned
from raw_lines as raw
inner join staged.keyed_runs on keyed_runs.run = raw.run
where raw.line_seller_discount is not null
    or raw.line_platform_discount is not null
    or raw.line_refunded is not null
group by keyed_runs.order_key
