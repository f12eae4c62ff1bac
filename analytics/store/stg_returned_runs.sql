-- Grain: one row per run of lines that were sent or paid back as a whole: their return status says so, and nothing of the order says how much.
with accepted as (
    select
        keyed_runs.run,
        keyed_runs.order_key
    from staged.contexts as contexts
    inner join raw_runs as raw on raw.context_key = contexts.context_key
    inner join staged.keyed_runs as keyed_runs on keyed_runs.run = raw.run
    where contexts.return_means = 'returned'
        and raw.refunded is null
),
counted as (
    select keyed_runs.order_key
    from accepted
    inner join staged.keyed_runs as keyed_runs on keyed_runs.order_key = accepted.order_key
    inner join raw_lines as lines on lines.run = keyed_runs.run
    where lines.returned > 0
)
select run
from accepted
where order_key not in (select order_key from counted)
