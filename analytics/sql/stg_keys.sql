-- Grain: one row per order of one export: its key, and the line of the file that its order-level fields are taken from.
select
    $first_key + min(line) as order_key,
    snapshot,
    nullif(order_id, '') as order_id,
    min(line) as first_line,
    coalesce(min(line) filter (where anchor is not null), min(line)) as taken_line,
    count(anchor) > 0 as has_fields,
    count(*) as rows
from raw
group by
    snapshot,
    nullif(order_id, '')
