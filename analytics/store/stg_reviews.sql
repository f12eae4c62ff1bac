-- Grain: one row per row of one file of reviews, cast. Times marked as UTC are moved to the shop's own clock.
with trimmed as (
    select
        line + 1 as line,
        nullif(trim(review_id), '') as review_id,
        nullif(ltrim(trim(order_id), '#'), '') as order_ref,
        nullif(trim(account), '') as account,
        nullif(lower(trim(email)), '') as email,
        phone_digits(nullif(trim(phone), '')) as phone,
        nullif(trim(name), '') as name,
        nullif(trim(product_id), '') as product_id,
        nullif(trim(handle), '') as handle,
        nullif(trim(product), '') as product,
        nullif(trim(variant), '') as variant,
        nullif(trim(sku), '') as sku,
        trim(rating) as rating,
        trim(score) as score,
        nullif(trim(title, E' \t\r\n　'), '') as title,
        nullif(trim(text, E' \t\r\n　'), '') as body,
        reviewed_at,
        nullif(trim(reply, E' \t\r\n　'), '') as reply,
        replied_at,
        nullif(trim(pictures), '') as pictures,
        nullif(lower(trim(state)), '') as state
    from raw
),
marked as (
    select
        *,
        coalesce(
            try_cast(replace(regexp_extract(rating, '[0-9]+(?:[.,][0-9]+)?'), ',', '.') as double),
            nullif(length(regexp_replace(rating, '[^★⭐]', '', 'g')), 0),
            case rating when '非常滿意' then 5 when '滿意' then 4 when '普通' then 3 when '不滿意' then 2 when '非常不滿意' then 1 end
        ) as stars,
        try_cast(regexp_extract(score, '^[0-9]+(?:[.][0-9]+)?') as double) as points
    from trimmed
)
select
    $file_number as file_number,
    $file as file,
    $platform as platform,
    nullif($shop, '') as shop,
    line,
    review_id,
    order_ref,
    account,
    email,
    phone,
    name,
    product_id,
    handle,
    product,
    variant,
    sku,
    cast(case when stars between 0.5 and 5 then round(stars) end as integer) as rating,
    cast(case when points between 0 and 10 then round(points) end as integer) as score,
    case
        when title is null or starts_with(body, title) then body
        when body is null then title
        else title || chr(10) || body
    end as text,
    shop_clock(reviewed_at, $formats, $ordering)
    + to_minutes(case when regexp_matches(reviewed_at, '(UTC|GMT|Z|[+]00:?00)\s*$') then cast($offset as integer) else 0 end) as reviewed_at,
    reply,
    shop_clock(replied_at, $formats, $ordering)
    + to_minutes(case when regexp_matches(replied_at, '(UTC|GMT|Z|[+]00:?00)\s*$') then cast($offset as integer) else 0 end) as replied_at,
    case
        when pictures is null or lower(pictures) in ('no', 'false', '否', '無', '0', '-') then 0
        when contains(pictures, '://') then len(regexp_extract_all(pictures, '://'))
        else coalesce(try_cast(pictures as integer), 1)
    end as pictures,
    state
from marked
