-- Grain: one row per line with an order number of one export, cast and tied to its order. Identical lines are two sales: both stay.
with cast_lines as (
    select
        keys.order_key,
        raw.line - keys.first_line + 1 as line,
        nullif(trim(raw.product_id), '') as product_id,
        nullif(trim(raw.product), '') as product,
        nullif(trim(raw.variant), '') as variant,
        nullif(trim(raw.sku), '') as sku,
        nullif(trim(raw.category), '') as category,
        case when $counts_units then coalesce(amount(raw.quantity, $styles.quantity), 1) else 1 end as quantity,
        coalesce(amount(raw.returned, $styles.returned), 0) as returned,
        amount(raw.price, $styles.price) as price,
        amount(raw.line_total, $styles.line_total) as line_total,
        abs(amount(raw.line_seller_discount, $styles.line_seller_discount)) as seller_discount,
        abs(amount(raw.line_platform_discount, $styles.line_platform_discount)) as platform_discount,
        abs(amount(raw.line_refunded, $styles.line_refunded)) as refunded
    from raw
    inner join staged.keys as keys
        on keys.order_id = raw.order_id
        and keys.snapshot = raw.snapshot
)
select
    order_key,
    line,
    product_id,
    coalesce(product, sku, product_id) as product,
    variant,
    sku,
    category,
    cast(quantity as double) as quantity,
    cast(returned as double) as returned,
    coalesce(cast(price as double), cast(line_total as double) / nullif(cast(quantity as double), 0)) as price,
    coalesce(line_total, cast(cast(price as double) * cast(quantity as double) as decimal(18, 4))) as value,
    seller_discount,
    platform_discount,
    refunded
from cast_lines
