-- Grain: one row per share of the customers (the best 5 %, 10 %, … all): how many they are and what part of the revenue is theirs.
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
twentieths as (
    select
        cast(floor(20.0 * (place - 1) / customers) as integer) + 1 as slice,
        count(*) as customers,
        sum(revenue) as revenue
    from placed
    group by slice
),
shares as (
    select unnest(range(1, 21)) as slice
)
select
    round(shares.slice / 20.0, 2) as top,
    (select sum(customers) from twentieths) as customers,
    sum(twentieths.customers) as top_customers,
    sum(twentieths.revenue) as top_revenue,
    (select sum(revenue) from twentieths) as revenue
from shares
inner join twentieths on twentieths.slice <= shares.slice
group by shares.slice
order by shares.slice
