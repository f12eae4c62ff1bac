-- Grain: one row per order number of one export, as in stg_keys, where no number stands twice: each order is one run of lines.
select
    first_line as order_key,
    contexts.snapshot,
    nullif(raw_runs.order_id, '') as order_id,
    run as taken_run,
    run as first_run,
    1 as runs,
    anchored as has_fields,
    cast(rows as integer) as rows,
    false as is_refund
from raw_runs
inner join raw_contexts as contexts on contexts.context_key = raw_runs.context_key
