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
        orders.customer_id,
        min(case when orders.nth = 1 then cast(orders.ordered_at as date) end) as first_day,
        min(case when orders.nth = 2 then cast(orders.ordered_at as date) end) as second_day
    from groups
    inner join orders on orders.customer_id = groups.customer_id and orders.nth <= 2
    group by groups.place, orders.customer_id
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
