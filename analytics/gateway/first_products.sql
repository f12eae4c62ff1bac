-- Grain: one row per product in the first baskets of customers won in the period: how many bought it first, and how many were back in time.
-- A customer whose first buying day holds two products is in both. same_: bought the same product again; other_: a product they had not bought before.
with firsts as (
    select
        purchases.buyer,
        purchases.good,
        buyers.first_day,
        buyers.second_day
    from purchases
    inner join buyers on buyers.buyer = purchases.buyer
    cross join shop
    where purchases.nth = 1 and buyers.first_day >= shop.start
),
again as (
    select
        firsts.buyer,
        firsts.good,
        min(purchases.day) as day
    from firsts
    inner join purchases on purchases.buyer = firsts.buyer and purchases.good = firsts.good
    where purchases.nth > 1
    group by firsts.buyer, firsts.good
),
others as (
    select
        later.buyer,
        min(later.day) as day
    from purchases as later
    left join purchases as first_one on first_one.buyer = later.buyer and first_one.good = later.good and first_one.nth = 1
    where later.nth > 1 and first_one.buyer is null
    group by later.buyer
),
watched as (
    select
        firsts.good,
        shop.as_of - firsts.first_day >= $days as old_enough,
        firsts.second_day - firsts.first_day as any_gap,
        again.day - firsts.first_day as same_gap,
        others.day - firsts.first_day as other_gap
    from firsts
    cross join shop
    left join again on again.buyer = firsts.buyer and again.good = firsts.good
    left join others on others.buyer = firsts.buyer
),
counted as (
    select
        good,
        count(*) as customers,
        count(*) filter (where old_enough) as eligible,
        count(*) filter (where old_enough and any_gap <= $days) as repurchased,
        count(*) filter (where old_enough and same_gap <= $days) as same_repurchased,
        count(*) filter (where old_enough and other_gap <= $days) as other_bought,
        count(other_gap) as others_ever,
        quantile_cont(cast(other_gap as double), 0.5) as other_days
    from watched
    group by good
)
select
    products.product_id,
    products.product,
    counted.* exclude (good)
from counted
inner join products on products.good = counted.good
order by counted.customers desc, products.product_id
