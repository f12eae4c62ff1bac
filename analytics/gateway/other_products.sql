-- Grain: one row per other product that buyers of the product $product_id bought at any time: how many of its buyers, and how many of all customers.
with chosen as (
    select distinct purchases.buyer
    from purchases
    inner join products on products.good = purchases.good
    where products.product_id = $product_id and purchases.nth is not null
),
holders as (
    select distinct
        buyer,
        good
    from purchases
    where nth is not null
),
sizes as (
    select
        (select count(*) from chosen) as buyers,
        (select count(*) from buyers) as everybody
),
counted as (
    select
        holders.good,
        count(*) as all_customers,
        count(chosen.buyer) as customers
    from holders
    left join chosen on chosen.buyer = holders.buyer
    group by holders.good
)
select
    products.product_id,
    products.product,
    counted.customers,
    sizes.buyers,
    counted.all_customers,
    sizes.everybody
from counted
cross join sizes
inner join products on products.good = counted.good
where products.product_id <> $product_id and counted.customers > 0
order by counted.customers desc, products.product_id
