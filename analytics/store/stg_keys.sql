-- Grain: one row per order of one export: its key, and the run of lines that its order-level fields are taken from.
select
    min(first_line) as order_key,
    contexts.snapshot,
    nullif(raw_runs.order_id, '') as order_id,
    coalesce(min(run) filter (where anchored), min(run)) as taken_run,
    min(run) as first_run,
    count(*) as runs,
    bool_or(anchored) as has_fields,
    cast(sum(rows) as integer) as rows
from raw_runs
inner join raw_contexts as contexts on contexts.context_key = raw_runs.context_key
group by
    contexts.snapshot,
    nullif(raw_runs.order_id, '')
