-- Grain: one row per order that does not count, with the reason.
select
    checked.order_key,
    checked.platform,
    checked.shop,
    checked.order_id,
    checked.customer_id,
    checked.ordered_at,
    cast(null as integer) as nth,
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
    checked.rows,
    left_aside.reason
from staged.checked as checked
inner join left_aside on left_aside.order_key = checked.order_key
