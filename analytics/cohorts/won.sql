-- Grain: one row per customer won in the period from $since on and $days days old: the month, and whether they were back in time.
select
    facts.customer_id,
    cast(date_trunc('month', facts.first_day) as date) as month,
    cast(date_trunc('month', facts.first_day) + interval 1 month as date) - 1 + $days <= shop.as_of as finished,
    coalesce(facts.second_day - facts.first_day <= $days, false) as back
from customer_facts as facts
cross join shop
where facts.first_day >= shop.start
    and facts.first_day >= $since
    and shop.as_of - facts.first_day >= $days
order by facts.customer_id
