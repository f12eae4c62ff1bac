-- Grain: one row per order of one export of which a line says what was taken off it or paid back for it.
-- of_returned: the part of the seller's discounts that belongs to units sent back.
with told as (
    select
        keyed_runs.order_key,
        raw.quantity,
        raw.returned,
        coalesce(raw.line_seller_discount_unread, raw.line_seller_discount_2_unread, raw.line_seller_discount_3_unread) is not null as discount_unread,
        case when not discount_unread then
            coalesce(abs(raw.line_seller_discount), 0)
            + coalesce(abs(raw.line_seller_discount_2), 0)
            + coalesce(abs(raw.line_seller_discount_3), 0)
        end as seller_discount,
        abs(raw.line_platform_discount) as platform_discount,
        abs(raw.line_refunded) as refunded,
        raw.line_refunded_unread is not null as refund_unread
    from raw_lines as raw
    inner join staged.keyed_runs on keyed_runs.run = raw.run
    where coalesce(
        raw.line_seller_discount, raw.line_seller_discount_2, raw.line_seller_discount_3, raw.line_platform_discount, raw.line_refunded
    ) is not null
    or coalesce(
        raw.line_seller_discount_unread,
        raw.line_seller_discount_2_unread,
        raw.line_seller_discount_3_unread,
        raw.line_refunded_unread
    ) is not null
)
select
    order_key,
    try_cast(sum(seller_discount) as decimal(18, 4)) as seller_discount,
    try_cast(sum(platform_discount) as decimal(18, 4)) as platform_discount,
    try_cast(sum(refunded) as decimal(18, 4)) as refunded,
    bool_or(refund_unread) as refund_unread,
    bool_or(discount_unread) as discount_unread,
    try_cast(sum(try_cast(
        cast(seller_discount as double) * least(1, cast(returned as double) / nullif(cast(coalesce(quantity, 1) as double), 0)) as decimal(18, 4)
    )) as decimal(18, 4)) as of_returned
from told
group by order_key
