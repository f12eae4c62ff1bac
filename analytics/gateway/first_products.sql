-- Grain: one row per product in the first baskets of customers won in the period: how many bought it first, and how many were back in time.
-- A customer whose first buying day holds two products is in both. same_: bought the same product again; other_: a product they had not bought before.
with others as (
    select
        buyer,
        min(day) as day
    from purchases
    where nth > 1 and not before
    group by buyer
),
watched as (
    select
        firsts.good,
        shop.as_of - buyers.first_day >= $days as old_enough,
        buyers.second_day - buyers.first_day as any_gap,
        firsts.next_day - buyers.first_day as same_gap,
        others.day - buyers.first_day as other_gap
    from purchases as firsts
    inner join buyers on buyers.buyer = firsts.buyer
    cross join shop
    left join others on others.buyer = firsts.buyer
    where firsts.nth = 1 and buyers.first_day >= shop.start
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
