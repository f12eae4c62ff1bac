-- Grain: one row per two shops of $platform that hold the same order, known by its number, and by the platform's own id where both have one.
with orders as (
    select distinct
        shop,
        order_id,
        platform_order_id
    from staged.checked
    where platform = $platform
        and not shop_told
        and order_id is not null
        and not is_refund
),
shared as (
    select order_id
    from orders
    group by order_id
    having count(distinct shop) > 1
)
select distinct
    one.shop as shop,
    other.shop as other
from orders as one
inner join shared on shared.order_id = one.order_id
inner join orders as other
    on other.order_id = one.order_id
    and other.shop > one.shop
    and coalesce(other.platform_order_id = one.platform_order_id, true)
order by one.shop, other.shop
