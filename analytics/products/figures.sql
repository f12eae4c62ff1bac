-- Grain: one row per product of the view: who bought it in the period, how much, as a first purchase or later, and lately against the time before.
-- lately, before: orders of the last $days days, and of the $days days before these, whatever the period.
-- customers: who bought it in the period bought it for the last time in it.
with counted as (
    select
        purchases.good,
        count(*) filter (where in_period and nth is not null and next_day is null) as customers,
        coalesce(sum(orders) filter (where in_period), 0) as orders,
        coalesce(sum(orders) filter (where in_period and nth is not null), 0) as known_orders,
        coalesce(sum(orders) filter (where in_period and nth = 1), 0) as first_orders,
        round(coalesce(sum(units) filter (where in_period), 0), 6) as units,
        round(coalesce(sum(revenue) filter (where in_period), 0), 2) as revenue,
        coalesce(sum(orders) filter (where shop.as_of - day < $days), 0) as lately,
        coalesce(sum(orders) filter (where shop.as_of - day >= $days and shop.as_of - day < 2 * $days), 0) as before,
        min(day) as first_day,
        max(day) as last_day
    from purchases
    cross join shop
    group by purchases.good
)
select
    products.good,
    products.product_id,
    products.product,
    products.title,
    products.family,
    products.kind,
    products.kind_guessed,
    products.cost,
    products.codes,
    products.titles,
    products.variants,
    counted.* exclude (good)
from counted
inner join products on products.good = counted.good
order by counted.revenue desc, products.product_id
