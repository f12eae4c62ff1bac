-- Grain: one row per review that the owner has dealt with, as `triage.queue` takes it.
select
    review_id,
    status,
    owner,
    fault,
    tag,
    note
from triage
order by review_id
