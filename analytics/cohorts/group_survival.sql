-- Grain: one row per group and number of days from the first buying day to the second or, for those without one, to the as-of day.
with groups as (
    select
        unnest($customers::varchar[]) as customer_id,
        unnest($places::integer[]) as place
),
customers_won as (
    select
        groups.place,
        customers.first_day,
        customers.second_day
    from groups
    inner join customer_facts as customers on customers.customer_id = groups.customer_id
)
select
    customers_won.place,
    coalesce(customers_won.second_day, shop.as_of) - customers_won.first_day as day,
    count(customers_won.second_day) as events,
    count(*) - count(customers_won.second_day) as censored
from customers_won
cross join shop
where customers_won.first_day >= shop.start
group by customers_won.place, coalesce(customers_won.second_day, shop.as_of) - customers_won.first_day
order by customers_won.place, day
