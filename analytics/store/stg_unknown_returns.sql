-- Grain: one row per order and return status of it that no platform file lists.
select distinct
    keyed_runs.order_key,
    contexts.return_status
from staged.contexts as contexts
inner join raw_runs as raw on raw.context_key = contexts.context_key
inner join staged.keyed_runs as keyed_runs on keyed_runs.run = raw.run
where contexts.return_means = 'unlisted'
