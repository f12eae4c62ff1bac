-- Grain: one row per window of N days: customers old enough for it, and those whose second buying day fell inside it.
with windows as (
    select unnest($days::integer[]) as days
)
select
    windows.days,
    count(customers.customer_id) as eligible,
    count(customers.customer_id) filter (where customers.second_day - customers.first_day <= windows.days) as repurchased
from windows
cross join shop
left join customers
    on customers.first_day >= shop.start
    and shop.as_of - customers.first_day >= windows.days
group by windows.days
order by windows.days
