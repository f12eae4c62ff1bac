-- Grain: one row per cohort (period of the first buying day) and age; counts of an unfinished cell are "so far".
-- age: periods since the first ($step = 0), or steps of $step days since each customer's own first day.
with customers_won as (
    select
        customers.customer_id,
        customers.first_day,
        customers.last_ordered_at,
        cast(date_trunc($grain, customers.first_day) as date) as cohort
    from customer_facts as customers
    cross join shop
    where customers.first_day >= shop.start
),
aged as (
    select
        orders.customer_id,
        customers_won.cohort,
        customers_won.first_day,
        case
            when $step > 0 then (cast(orders.ordered_at as date) - customers_won.first_day) // $step
            when $grain = 'week' then (cast(orders.ordered_at as date) - customers_won.cohort) // 7
            when $grain = 'month' then
                (year(orders.ordered_at) - year(customers_won.cohort)) * 12 + month(orders.ordered_at) - month(customers_won.cohort)
            else (year(orders.ordered_at) - year(customers_won.cohort)) * 4 + quarter(orders.ordered_at) - quarter(customers_won.cohort)
        end as age,
        case when orders.nth = 2 then 1 else 0 end as is_second,
        case when orders.ordered_at = customers_won.last_ordered_at then 1 else 0 end as is_last,
        orders.revenue
    from orders
    inner join customers_won on customers_won.customer_id = orders.customer_id
),
by_customer as (
    select
        customer_id,
        cohort,
        first_day,
        age,
        max(is_second) as is_second,
        max(is_last) as is_last,
        sum(revenue) as revenue
    from aged
    group by customer_id, cohort, first_day, age
),
bought as (
    select
        cohort,
        age,
        min(first_day) as first_day,
        count(*) as active,
        sum(is_second) as seconds,
        sum(is_last) as lasts,
        sum(revenue) as revenue
    from by_customer
    group by cohort, age
),
spans as (
    select
        bought.cohort,
        bought.active as size,
        case
            when $step > 0 then (shop.as_of - bought.first_day) // $step
            when $grain = 'week' then (shop.as_of - bought.cohort) // 7
            when $grain = 'month' then (year(shop.as_of) - year(bought.cohort)) * 12 + month(shop.as_of) - month(bought.cohort)
            else (year(shop.as_of) - year(bought.cohort)) * 4 + quarter(shop.as_of) - quarter(bought.cohort)
        end as last_age,
        shop.as_of + 1 as day_after,
        cast(bought.cohort + case $grain
            when 'week' then interval 7 day
            when 'month' then interval 1 month
            else interval 3 month
        end as date) as next_cohort
    from bought
    cross join shop
    where bought.age = 0
),
cells as (
    select
        cohort,
        size,
        case
            when $step > 0 then (day_after - next_cohort + 1) // $step - 1
            when $grain = 'week' then (day_after - cohort) // 7 - 1
            when $grain = 'month' then (year(day_after) - year(cohort)) * 12 + month(day_after) - month(cohort) - 1
            else (year(day_after) - year(cohort)) * 4 + quarter(day_after) - quarter(cohort) - 1
        end as last_finished_age,
        cast(unnest(generate_series(0, last_age)) as integer) as age
    from spans
)
select
    cells.cohort,
    cells.age,
    cells.size,
    coalesce(bought.active, 0) as active,
    cast(sum(coalesce(bought.seconds, 0)) over (partition by cells.cohort order by cells.age) as bigint) as repurchased,
    cast(sum(coalesce(bought.lasts, 0)) over (partition by cells.cohort order by cells.age desc) as bigint) as later,
    cast(sum(coalesce(bought.revenue, 0)) over (partition by cells.cohort order by cells.age) as double) as revenue,
    cells.age <= cells.last_finished_age as finished
from cells
left join bought on bought.cohort = cells.cohort and bought.age = cells.age
order by cells.cohort, cells.age
