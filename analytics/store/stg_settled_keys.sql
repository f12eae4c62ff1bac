-- Grain: one row per order of which several runs stand in one export, as in stg_keys.
select
    order_key,
    snapshot,
    order_id,
    coalesce(min(run) filter (where kept and anchored), min(run) filter (where kept)) as taken_run,
    min(run) as first_run,
    count(*) as runs,
    bool_or(anchored) as has_fields,
    cast(coalesce(sum(rows) filter (where kept), 0) as integer) as rows,
    false as is_refund
from staged.settled_runs
group by order_key, snapshot, order_id
