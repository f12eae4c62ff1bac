-- Grain: one row per cell that should hold a quantity or a refund and holds something else, of orders that are no older picture; at most $n.
select
    cells.what,
    cells.written,
    checked.order_id,
    checked.ordered_at,
    checked.shop,
    checked.file
from staged.unread_units as cells
inner join staged.checked on checked.order_key = cells.order_key
where checked.reason is distinct from 'superseded'
order by cells.what, checked.ordered_at desc nulls last, checked.order_key, cells.written
limit $n
