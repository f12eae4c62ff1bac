-- Grain: one row per order that counts.
select
    checked.order_key,
    checked.platform,
    checked.shop,
    checked.order_id,
    checked.customer_id,
    checked.ordered_at,
    ranks.nth,
    checked.status,
    checked.revenue,
    checked.buyer_paid,
    checked.gross,
    checked.seller_discount,
    checked.platform_discount,
    checked.refunded,
    checked.shipping,
    checked.coupon,
    checked.payment,
    checked.city,
    checked.channel,
    checked.currency,
    checked.file,
    ranks.in_period,
    checked.line_value,
    checked.rows
from staged.checked as checked
inner join ranks on ranks.order_key = checked.order_key
