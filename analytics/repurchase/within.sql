-- Grain: one row per window of N days: customers won from $since on and old enough for it, and those whose
-- second buying day fell inside it.
with windows as (
    select unnest($days::integer[]) as days
)
select
    windows.days,
    count(*) filter (where shop.as_of - customers.first_day >= windows.days) as eligible,
    count(*) filter (
        where shop.as_of - customers.first_day >= windows.days
            and customers.second_day - customers.first_day <= windows.days
    ) as repurchased
from windows
cross join shop
left join customer_facts as customers on customers.first_day >= shop.start and customers.first_day >= $since
group by windows.days
order by windows.days
