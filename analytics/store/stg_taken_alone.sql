-- Grain: one row per order number of one export, as in stg_taken, where no number stands twice: each order is one run of lines.
select
    raw.first_line as order_key,
    contexts.snapshot,
    nullif(raw.order_id, '') as order_id,
    raw.anchored as has_fields,
    cast(raw.rows as integer) as rows,
    false as is_refund,
    raw.* exclude (order_id, rows, first_line)
from raw_runs as raw
inner join raw_contexts as contexts on contexts.context_key = raw.context_key
