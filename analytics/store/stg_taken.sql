-- Grain: one row per order number of one export, as in stg_keys, with the fields of the run of lines that the order's own are taken from.
select
    keys.* exclude (taken_run, first_run, runs),
    raw.* exclude (order_id, rows, first_line)
from staged.keys as keys
inner join raw_runs as raw on raw.run = keys.taken_run
