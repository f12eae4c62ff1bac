-- Grain: one row per group and window of N days: its customers, those old enough, and those of them with a second buying day inside it.
with groups as (
    select
        unnest($customers::varchar[]) as customer_id,
        unnest($places::integer[]) as place
),
windows as (
    select unnest($days::integer[]) as days
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
    windows.days,
    count(*) as customers,
    count(*) filter (where shop.as_of - customers_won.first_day >= windows.days) as eligible,
    count(*) filter (
        where shop.as_of - customers_won.first_day >= windows.days
            and customers_won.second_day - customers_won.first_day <= windows.days
    ) as repurchased
from customers_won
cross join shop
cross join windows
where customers_won.first_day >= shop.start
group by customers_won.place, windows.days
order by customers_won.place, windows.days
