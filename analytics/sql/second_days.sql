-- Grain: one row per number of days from the first buying day to the second or, for those without one, to the as-of day.
with customers_won as (
    select
        orders.customer_id,
        min(case when orders.nth = 1 then cast(orders.ordered_at as date) end) as first_day,
        min(case when orders.nth = 2 then cast(orders.ordered_at as date) end) as second_day
    from orders
    where orders.nth <= 2
    group by orders.customer_id
)
select
    coalesce(customers_won.second_day, shop.as_of) - customers_won.first_day as day,
    count(customers_won.second_day) as events,
    count(*) - count(customers_won.second_day) as censored
from customers_won
cross join shop
where customers_won.first_day >= shop.start
group by coalesce(customers_won.second_day, shop.as_of) - customers_won.first_day
order by day
