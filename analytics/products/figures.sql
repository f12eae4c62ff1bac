-- Grain: one row per product of the view: who bought it in the period, how much, as a first purchase or later, and lately against the time before.
-- lately, before: orders of the last $days days, and of the $days days before these, whatever the period.
with by_buyer as (
    select
        good,
        buyer,
        count(nth) filter (where in_period) > 0 as known,
        count(*) filter (where in_period) > 0 as in_period,
        sum(orders) filter (where in_period) as orders,
        sum(orders) filter (where in_period and nth is not null) as known_orders,
        sum(orders) filter (where in_period and nth = 1) as first_orders,
        sum(units) filter (where in_period) as units,
        sum(revenue) filter (where in_period) as revenue,
        sum(orders) filter (where shop.as_of - day < $days) as lately,
        sum(orders) filter (where shop.as_of - day >= $days and shop.as_of - day < 2 * $days) as before,
        min(day) as first_day,
        max(day) as last_day
    from purchases
    cross join shop
    group by good, buyer
),
counted as (
    select
        good,
        count(*) filter (where known) as customers,
        coalesce(sum(orders), 0) as orders,
        coalesce(sum(known_orders), 0) as known_orders,
        coalesce(sum(first_orders), 0) as first_orders,
        round(coalesce(sum(units), 0), 6) as units,
        round(coalesce(sum(revenue), 0), 2) as revenue,
        coalesce(sum(lately), 0) as lately,
        coalesce(sum(before), 0) as before,
        min(first_day) as first_day,
        max(last_day) as last_day
    from by_buyer
    group by good
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
