-- Grain: one row: days from order to shipment and to completion, and how many parcels left later than they should; of all
-- orders of the period, also those that came back.
select
    count(ship_days) as shipped,
    quantile_cont(ship_days, [0.25, 0.5, 0.8]) as ship_days,
    count(complete_days) as completed,
    quantile_cont(complete_days, [0.25, 0.5, 0.8]) as complete_days,
    count(late) as dated,
    count(*) filter (where late) as late
from parcels
where in_period
