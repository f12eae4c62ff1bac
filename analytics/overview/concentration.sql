-- Grain: one row per share of the customers (the best 10 %, 20 %): how many they are and what part of the revenue is theirs.
with spent as (
    select
        customer_id,
        sum(revenue) as revenue
    from orders
    where in_period
        and customer_id is not null
    group by customer_id
),
placed as (
    select
        revenue,
        row_number() over (order by revenue desc, customer_id) as place,
        count(*) over () as customers
    from spent
),
shares as (
    select unnest([0.1, 0.2]) as top
)
select
    shares.top,
    max(placed.customers) as customers,
    count(*) filter (where placed.place <= ceil(shares.top * placed.customers)) as top_customers,
    sum(placed.revenue) filter (where placed.place <= ceil(shares.top * placed.customers)) as top_revenue,
    sum(placed.revenue) as revenue
from placed
cross join shares
group by shares.top
order by shares.top
