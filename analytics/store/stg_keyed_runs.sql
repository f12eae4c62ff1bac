-- Grain: one row per run of lines with an order number of one export: the order that it belongs to. Most orders are one run.
select
    first_run as run,
    order_key
from staged.keys
where order_id is not null
    and runs = 1
union all
select
    run,
    order_key
from staged.settled_runs
where kept
