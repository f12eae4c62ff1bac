-- Grain: one row per customer whose last buying day lies $from_days to $until_days before the as-of day, and product of that day (the dearest first).
with last_of as (
    select
        purchases.buyer,
        max(purchases.nth) as nth
    from purchases
    where purchases.nth is not null
    group by purchases.buyer
)
select
    buyers.customer_id,
    products.product_id,
    products.product,
    purchases.day as last_day,
    purchases.nth,
    purchases.revenue as spend
from last_of
inner join purchases on purchases.buyer = last_of.buyer and purchases.nth = last_of.nth
inner join products on products.good = purchases.good
inner join buyers on buyers.buyer = last_of.buyer
cross join shop
where shop.as_of - purchases.day between $from_days and $until_days
order by last_day desc, buyers.customer_id, spend desc, products.product_id
