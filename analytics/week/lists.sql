-- Grain: one row per list of the contact log.
select distinct list
from contact_log
where list is not null
order by list
