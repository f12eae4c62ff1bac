-- Grain: one row per window of N days: customers old enough for it, and those whose second buying day fell inside it.
with customers_won as (
    select
        customer_id,
        min(case when nth = 1 then cast(ordered_at as date) end) as first_day,
        min(case when nth = 2 then cast(ordered_at as date) end) as second_day
    from orders
    where nth <= 2
    group by customer_id
),
windows as (
    select unnest($days::integer[]) as days
)
select
    windows.days,
    count(customers_won.customer_id) filter (where customers_won.first_day >= shop.start and shop.as_of - customers_won.first_day >= windows.days) as eligible,
    count(customers_won.customer_id) filter (
        where customers_won.first_day >= shop.start
            and shop.as_of - customers_won.first_day >= windows.days
            and customers_won.second_day - customers_won.first_day <= windows.days
    ) as repurchased
from windows
cross join shop
left join customers_won on true
group by windows.days
order by windows.days
