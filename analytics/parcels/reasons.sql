-- Grain: one row per outcome that is no sale and what the file gives for it: the cancel reason, of what came back the state of its return.
select
    outcome,
    coalesce(case when outcome = 'returned' then coalesce(return_status, cancel_reason) else cancel_reason end, '') as reason,
    count(*) as orders,
    coalesce(cast(sum(gross) as double), 0) as worth
from parcels
where in_period and outcome in ('cancelled', 'unclaimed', 'returned', 'lost')
group by 1, 2
order by orders desc, outcome, reason
