-- Grain: one row per order number of one export, a refund in a row of its own apart: its key, and the run of lines that its order-level fields are taken from.
select
    min(first_line) as order_key,
    contexts.snapshot,
    nullif(raw_runs.order_id, '') as order_id,
    coalesce(min(run) filter (where anchored), min(run)) as taken_run,
    min(run) as first_run,
    count(*) as runs,
    bool_or(anchored) as has_fields,
    cast(sum(rows) as integer) as rows,
    bool_or(coalesce(cast(negative as boolean), false)) as is_refund
from raw_runs
inner join raw_contexts as contexts on contexts.context_key = raw_runs.context_key
group by
    contexts.snapshot,
    nullif(raw_runs.order_id, ''),
    case when cast(negative as boolean) then run end
