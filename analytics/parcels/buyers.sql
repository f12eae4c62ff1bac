-- Grain: one row per known buyer to whom a parcel of the period was sent: how many were sent, and how many of them nobody took.
select
    customer_id,
    masked_name(customer_id) as label,
    count(*) as sent,
    count(*) filter (where outcome = 'unclaimed') as unclaimed,
    coalesce(cast(sum(gross) filter (where outcome = 'unclaimed') as double), 0) as worth,
    max(day) filter (where outcome = 'unclaimed') as last_day,
    count(*) filter (where to_ship and newest) as to_ship
from parcels
where in_period and claims and customer_id is not null and (outcome in ('done', 'returned', 'unclaimed') or to_ship and newest)
group by customer_id
having count(*) filter (where outcome in ('done', 'returned', 'unclaimed')) > 0
order by unclaimed desc, sent, customer_id
