-- Grain: one row per uploaded file, or per sheet of it where several hold orders.
with held as (
    select
        file_number,
        count(*) filter (where order_id is not null) as orders,
        cast(min(ordered_at) as date) as first,
        cast(max(ordered_at) filter (where reason is distinct from 'future') as date) as last,
        max(currency) as currency
    from staged.checked
    group by file_number
)
select
    described.number,
    described.key,
    described.name,
    described.platform,
    described.region,
    described.shop,
    described.encoding,
    described.rows,
    coalesce(held.orders, 0) as orders,
    held.first,
    held.last,
    described.window_end,
    held.currency,
    described.doubtful_date,
    described.notes
from described
left join held on held.file_number = described.number
order by described.name, described.number
