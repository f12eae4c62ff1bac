-- Grain: one row per day with an order that counts: how many. day: whole days since 1970.
select
    day - date '1970-01-01' as day,
    cast(count(*) as integer) as orders
from placed
group by day
order by day
