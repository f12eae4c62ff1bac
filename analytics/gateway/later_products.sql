-- Grain: one row per product bought in the period: its buyers and revenue, and those on their second buying day and later.
with by_buyer as (
    select
        good,
        buyer,
        coalesce(bool_or(nth >= 2), false) as again,
        bool_or(nth is not null) as known,
        sum(revenue) as revenue,
        sum(case when nth >= 2 then revenue else 0 end) as later_revenue,
        sum(case when nth >= 2 then orders else 0 end) as later_orders
    from purchases
    where in_period
    group by good, buyer
),
counted as (
    select
        good,
        count(*) filter (where known) as customers,
        count(*) filter (where again) as later_customers,
        sum(later_orders) as later_orders,
        round(sum(revenue), 2) as revenue,
        round(sum(later_revenue), 2) as later_revenue
    from by_buyer
    group by good
)
select
    products.product_id,
    products.product,
    counted.* exclude (good)
from counted
inner join products on products.good = counted.good
order by counted.later_customers desc, counted.customers desc, products.product_id
