-- Grain: one row per order of whose parcel its file tells something, its times read. unread: what stands where a time should and is none.
with read as (
    select
        texts.*,
        case when texts.shipped_at is not null then shop_clock(texts.shipped_at, $formats, $ordering) end as shipped,
        case when texts.completed_at is not null then shop_clock(texts.completed_at, $formats, $ordering) end as completed,
        case when texts.ship_by is not null then shop_clock(texts.ship_by, $formats, $ordering) end as due
    from staged.parcel_texts as texts
    inner join staged.checked as checked on checked.order_key = texts.order_key
    where list_contains($files::integer[], checked.file_number)
)
select
    order_key,
    lower(nullif(trim(fulfilment, E' \t'), '')) as fulfilment,
    shipped as shipped_at,
    completed as completed_at,
    due as ship_by,
    nullif(nullif(trim(delivery, E' \t'), ''), '-') as delivery,
    nullif(nullif(trim(note), ''), '-') as note,
    left(coalesce(
        case when shipped is null and not is_blank(shipped_at) then shipped_at end,
        case when completed is null and not is_blank(completed_at) then completed_at end,
        case when due is null and not is_blank(ship_by) then ship_by end
    ), 60) as unread
from read
