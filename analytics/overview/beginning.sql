-- Grain: one row: customers won in the period, and those of them who first appear before $until, in the first months of the data.
select
    count(*) as won,
    count(*) filter (where facts.first_day < $until) as doubtful
from customer_facts as facts
cross join shop
where facts.first_day >= shop.start
