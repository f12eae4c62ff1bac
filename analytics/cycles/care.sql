-- Grain: one row per customer whose last buying day's parcels arrived $from_days to $until_days before the as-of day, and product of that day
-- (the dearest first).
with last_of as (
    select
        purchases.buyer,
        max(purchases.nth) as nth
    from purchases
    where purchases.nth is not null
    group by purchases.buyer
),
arrivals as (
    select
        customer_id,
        nth,
        max(arrived) as arrived
    from parcels
    where counts and customer_id is not null
    group by customer_id, nth
    having count(*) = count(arrived)
)
select
    buyers.customer_id,
    products.product_id,
    products.product,
    purchases.day as last_day,
    arrivals.arrived,
    purchases.nth,
    purchases.revenue as spend
from last_of
inner join purchases on purchases.buyer = last_of.buyer and purchases.nth = last_of.nth
inner join products on products.good = purchases.good
inner join buyers on buyers.buyer = last_of.buyer
inner join arrivals on arrivals.customer_id = buyers.customer_id and arrivals.nth = last_of.nth
cross join shop
where shop.as_of - arrivals.arrived between $from_days and $until_days
order by arrivals.arrived desc, buyers.customer_id, spend desc, products.product_id
