-- Grain: one row per number of days from the first buying day to the second or, for those without one, to the as-of day.
select
    coalesce(customers.second_day, shop.as_of) - customers.first_day as day,
    count(customers.second_day) as events,
    count(*) - count(customers.second_day) as censored
from customer_facts as customers
cross join shop
where customers.first_day >= shop.start
group by coalesce(customers.second_day, shop.as_of) - customers.first_day
order by day
