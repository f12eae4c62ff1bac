-- Grain: one row per product that customers bought on another day within $days days of buying the product $product_id: how many customers.
with chosen as (
    select
        purchases.buyer,
        purchases.day
    from purchases
    inner join products on products.good = purchases.good
    where products.product_id = $product_id and purchases.nth is not null
),
others as (
    select
        purchases.good,
        count(distinct purchases.buyer) as customers_ab
    from chosen
    inner join purchases
        on purchases.buyer = chosen.buyer
        and purchases.day <> chosen.day
        and purchases.day between chosen.day - cast($days as integer) and chosen.day + cast($days as integer)
    where purchases.nth is not null
    group by purchases.good
),
sizes as (
    select
        good,
        count(distinct buyer) as customers_b
    from purchases
    where nth is not null
    group by good
)
select
    products.product_id,
    products.product,
    (select count(distinct buyer) from chosen) as customers_a,
    sizes.customers_b,
    others.customers_ab
from others
inner join sizes on sizes.good = others.good
inner join products on products.good = others.good
where products.product_id <> $product_id and products.kind <> 'bundle'
order by others.customers_ab desc, products.product_id
