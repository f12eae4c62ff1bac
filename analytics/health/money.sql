-- Grain: one row: the money of the orders that count, and what came off it.
select
    count(*) as orders,
    coalesce(sum(revenue), 0) as revenue,
    coalesce(sum(buyer_paid), 0) as buyer_paid,
    coalesce(sum(gross), 0) as gross,
    coalesce(sum(seller_discount), 0) as seller_discount,
    coalesce(sum(platform_discount), 0) as platform_discount,
    coalesce(sum(refunded), 0) as refunded,
    count(*) filter (where refunded > 0) as partly_refunded,
    max(currency) as currency
from orders
