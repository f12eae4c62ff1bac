-- Grain: one row per return status that no platform file lists, with the orders that count and carry it.
select
    checked.platform,
    unknown.return_status as status,
    count(*) as orders,
    sum(checked.revenue) as revenue
from staged.unknown_returns as unknown
inner join staged.checked as checked on checked.order_key = unknown.order_key
where checked.reason is null
group by checked.platform, unknown.return_status
order by orders desc, checked.platform, unknown.return_status
