-- Grain: one row per run of lines with an order number of one export: the order that it belongs to. Most orders are one run.
select
    first_run as run,
    order_key
from staged.keys
where order_id is not null
union all
select
    raw_runs.run,
    keys.order_key
from raw_runs
inner join raw_contexts as contexts on contexts.context_key = raw_runs.context_key
inner join staged.keys as keys
    on keys.order_id = raw_runs.order_id
    and keys.snapshot = contexts.snapshot
where keys.runs > 1
    and raw_runs.run <> keys.first_run
