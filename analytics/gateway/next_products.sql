-- Grain: one row per product ($product_id, or all where it is NULL) of customers' first buying day and product of their second one.
-- came_back: the customers who began with the first product and have a second buying day.
with firsts as (
    select
        purchases.buyer,
        purchases.good
    from purchases
    inner join products on products.good = purchases.good
    cross join shop
    where purchases.nth = 1
        and purchases.day >= shop.start
        and ($product_id is null or products.product_id = $product_id)
),
began as (
    select
        firsts.good,
        count(*) as came_back
    from firsts
    inner join buyers on buyers.buyer = firsts.buyer
    where buyers.second_day is not null
    group by firsts.good
),
pairs as (
    select
        firsts.good,
        purchases.good as next_good,
        count(*) as customers
    from firsts
    inner join purchases on purchases.buyer = firsts.buyer and purchases.nth = 2
    group by firsts.good, purchases.good
)
select
    products.product_id,
    products.product,
    next_ones.product_id as next_product_id,
    next_ones.product as next_product,
    pairs.customers,
    began.came_back,
    cast(pairs.customers as double) / began.came_back as share
from pairs
inner join began on began.good = pairs.good
inner join products on products.good = pairs.good
inner join products as next_ones on next_ones.good = pairs.next_good
order by products.product_id, pairs.customers desc, next_ones.product_id
