-- Grain: one row per product of the period, those in the most orders first. No gifts, postage or bundles.
select
    products.product_id,
    products.product,
    cast(sum(purchases.orders) as bigint) as orders
from purchases
inner join products on products.good = purchases.good
where purchases.in_period and products.kind <> 'bundle'
group by products.product_id, products.product
order by orders desc, products.product_id
