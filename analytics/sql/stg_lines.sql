-- Grain: one row per line of one export, cast and tied to its order. Identical lines are two sales and both stay.
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
        on keys.order_id is not distinct from nullif(trim(raw.order_id, E' \t'), '')
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
    cast(coalesce(price, line_total / nullif(quantity, 0)) as double) as price,
    cast(coalesce(line_total, price * quantity) as decimal(18, 4)) as value,
    seller_discount,
    platform_discount,
    refunded
from cast_lines
