-- Grain: one row per product: baskets of the period with which somebody came back after a sleep of $silent days or more, and other repeat baskets.
with waits as (
    select
        buyers.buyer,
        days.nth,
        days.gap >= $silent as woke
    from buying_days as days
    inner join buyers on buyers.customer_id = days.customer_id
    cross join shop
    where days.gap is not null and days.day >= shop.start
),
sizes as (
    select
        count(*) filter (where woke) as wakes,
        count(*) filter (where not woke) as others
    from waits
),
counted as (
    select
        purchases.good,
        count(*) filter (where waits.woke) as woke,
        count(*) filter (where not waits.woke) as held
    from purchases
    inner join waits on waits.buyer = purchases.buyer and waits.nth = purchases.nth
    group by purchases.good
)
select
    products.product_id,
    products.product,
    counted.woke,
    sizes.wakes,
    counted.held,
    sizes.others
from counted
cross join sizes
inner join products on products.good = counted.good
order by counted.woke desc, products.product_id
