-- Grain: one row per cohort (period of the first buying day) and age; counts of an unfinished cell are "so far".
-- age: periods since the first ($step = 0), or steps of $step days since each customer's own first day. $known: not new, so in no cohort.
with known as (
    select distinct unnest($known::varchar[]) as customer_id
),
firsts as (
    select
        customer_id,
        min(cast(ordered_at as date)) as first_day,
        cast(date_trunc($grain, min(ordered_at)) as date) as cohort
    from orders
    where customer_id is not null
    group by customer_id
),
customers_won as (
    select firsts.*
    from firsts
    cross join shop
    left join known on known.customer_id = firsts.customer_id
    where firsts.first_day >= shop.start and known.customer_id is null
),
aged as (
    select
        orders.customer_id,
        customers_won.cohort,
        case
            when $step > 0 then (cast(orders.ordered_at as date) - customers_won.first_day) // $step
            when $grain = 'week' then (cast(orders.ordered_at as date) - customers_won.cohort) // 7
            when $grain = 'month' then
                (year(orders.ordered_at) - year(customers_won.cohort)) * 12 + month(orders.ordered_at) - month(customers_won.cohort)
            else (year(orders.ordered_at) - year(customers_won.cohort)) * 4 + quarter(orders.ordered_at) - quarter(customers_won.cohort)
        end as age,
        orders.nth,
        orders.revenue
    from orders
    inner join customers_won on customers_won.customer_id = orders.customer_id
),
by_customer as (
    select
        customer_id,
        cohort,
        max(age) as last_age,
        min(case when nth = 2 then age end) as second_age
    from aged
    group by customer_id, cohort
),
bought as (
    select
        cohort,
        age,
        count(distinct customer_id) as active,
        sum(revenue) as revenue
    from aged
    group by cohort, age
),
seconds as (
    select cohort, second_age as age, count(*) as customers
    from by_customer
    group by cohort, second_age
),
lasts as (
    select cohort, last_age as age, count(*) as customers
    from by_customer
    group by cohort, last_age
),
cohorts as (
    select
        customers_won.cohort,
        count(*) as size,
        min(customers_won.first_day) as first_day,
        cast(customers_won.cohort + case $grain
            when 'week' then interval 7 day
            when 'month' then interval 1 month
            else interval 3 month
        end as date) as next_cohort,
        shop.as_of
    from customers_won
    cross join shop
    group by customers_won.cohort, shop.as_of
),
spans as (
    select
        cohort,
        size,
        next_cohort,
        as_of,
        case
            when $step > 0 then (as_of - first_day) // $step
            when $grain = 'week' then (as_of - cohort) // 7
            when $grain = 'month' then (year(as_of) - year(cohort)) * 12 + month(as_of) - month(cohort)
            else (year(as_of) - year(cohort)) * 4 + quarter(as_of) - quarter(cohort)
        end as last_age,
        case
            when $step > 0 then (as_of - next_cohort + 2) // $step - 1
            when $grain = 'week' then (as_of + 1 - cohort) // 7 - 1
            when $grain = 'month' then (year(as_of + 1) - year(cohort)) * 12 + month(as_of + 1) - month(cohort) - 1
            else (year(as_of + 1) - year(cohort)) * 4 + quarter(as_of + 1) - quarter(cohort) - 1
        end as last_finished_age
    from cohorts
),
cells as (
    select
        cohort,
        size,
        last_finished_age,
        cast(unnest(generate_series(0, last_age)) as integer) as age
    from spans
)
select
    cells.cohort,
    cells.age,
    cells.size,
    coalesce(bought.active, 0) as active,
    cast(sum(coalesce(seconds.customers, 0)) over (partition by cells.cohort order by cells.age) as bigint) as repurchased,
    cast(sum(coalesce(lasts.customers, 0)) over (partition by cells.cohort order by cells.age desc) as bigint) as later,
    cast(sum(coalesce(bought.revenue, 0)) over (partition by cells.cohort order by cells.age) as double) as revenue,
    cells.age <= cells.last_finished_age as finished
from cells
left join bought on bought.cohort = cells.cohort and bought.age = cells.age
left join seconds on seconds.cohort = cells.cohort and seconds.age = cells.age
left join lasts on lasts.cohort = cells.cohort and lasts.age = cells.age
order by cells.cohort, cells.age
