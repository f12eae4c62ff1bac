-- Grain: one row: the shop's repurchase counts and sums, from $since on. Rates are of customers won in the period, shares of the period's orders.
with of_orders as (
    select
        count(*) as orders,
        count(*) filter (where customer_id is null) as guest_orders,
        count(customer_id) as known_orders,
        count(*) filter (where nth >= 2) as repeat_orders,
        count(distinct customer_id) as buyers,
        coalesce(sum(revenue), 0) as revenue,
        sum(buyer_paid) as buyer_paid,
        coalesce(sum(revenue) filter (where customer_id is not null), 0) as known_revenue,
        coalesce(sum(revenue) filter (where nth >= 2), 0) as repeat_revenue,
        sum(revenue) filter (where nth = 1) / nullif(count(*) filter (where nth = 1), 0) as aov_first,
        sum(revenue) filter (where nth >= 2) / nullif(count(*) filter (where nth >= 2), 0) as aov_repeat,
        quantile_cont(revenue, 0.5) filter (where nth = 1) as median_first,
        quantile_cont(revenue, 0.5) filter (where nth >= 2) as median_repeat
    from orders
    where in_period and cast(ordered_at as date) >= $since
),
of_customers as (
    select
        count(*) as customers,
        count(*) filter (where customers.days >= 2) as repurchased,
        coalesce(sum(customers.days - 1), 0) as repurchases,
        sum(customers.days - 1) / nullif(count(*), 0) as average_repurchases
    from customer_facts as customers
    cross join shop
    where customers.first_day >= shop.start and customers.first_day >= $since
)
select *
from of_orders
cross join of_customers
