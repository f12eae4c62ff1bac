-- Grain: one row per status that no platform file lists, with the orders that carry it; they count unless the owner says otherwise.
select
    platform,
    status,
    count(*) as orders,
    sum(revenue) as revenue
from staged.checked
where means = 'unlisted'
    and order_id is not null
    and (reason is null or reason <> 'superseded')
group by platform, status
order by orders desc, platform, status
