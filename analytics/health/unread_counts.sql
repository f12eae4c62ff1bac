-- Grain: one row per kind of number that stands in cells and cannot be read ('quantity', 'returned', 'refunded'): cells, orders, an example.
select
    cells.what,
    count(*) as cells,
    count(distinct cells.order_key) as orders,
    min(cells.written) as example
from staged.unread_units as cells
inner join staged.checked on checked.order_key = cells.order_key
where checked.reason is distinct from 'superseded'
group by cells.what
order by cells.what
