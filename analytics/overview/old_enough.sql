-- Grain: one row: the customers of all history whose first buying day lies $days days back or more, and those of them who ever came back.
select
    count(*) as customers,
    count(facts.second_day) as repurchased
from customer_facts as facts
cross join shop
where shop.as_of - facts.first_day >= $days
