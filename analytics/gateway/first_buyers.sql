-- Grain: one row per customer won in the period, with whether the product $product_id was in their first basket.
with holders as (
    select purchases.buyer
    from purchases
    inner join products on products.good = purchases.good
    where products.product_id = $product_id and purchases.nth = 1
)
select
    buyers.customer_id,
    holders.buyer is not null as began_with_it
from buyers
cross join shop
left join holders on holders.buyer = buyers.buyer
where buyers.first_day >= shop.start
order by buyers.customer_id
