-- Grain: one row per order of one export, its order-level fields taken once and cast.
with grouped as (
    select
        raw.snapshot,
        nullif(trim(raw.order_id), '') as order_id,
        min(raw.line) as first_line,
        min(raw.line) filter (where nullif(trim(raw.anchor), '') is not null) as anchor_line,
        count(*) as rows
    from raw
    group by raw.snapshot, nullif(trim(raw.order_id), '')
),
taken as (
    select
        grouped.order_id as id,
        grouped.first_line,
        grouped.anchor_line is not null as has_fields,
        grouped.rows,
        raw.*
    from grouped
    inner join raw on raw.line = coalesce(grouped.anchor_line, grouped.first_line)
),
named as (
    select
        *,
        nullif(trim(account), '') as account_text,
        nullif(lower(trim(email)), '') as email_text,
        phone_digits(coalesce(nullif(trim(phone), ''), nullif(trim(phone_2), ''), nullif(trim(phone_3), ''))) as phone_text,
        nullif(trim(status), '') as status_text,
        shop_clock(ordered_at, $formats) as ordered
    from taken
),
identified as (
    select
        *,
        coalesce(
            case $identity[1] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_text end,
            case $identity[2] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_text end,
            case $identity[3] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_text end
        ) as identity
    from named
)
select
    $first_key + row_number() over (order by first_line) - 1 as order_key,
    snapshot,
    file,
    $platform as platform,
    coalesce(nullif(trim(shop), ''), file_shop) as shop,
    id as order_id,
    nullif(trim(platform_order_id), '') as platform_order_id,
    case when identity not like '%**%' then identity end as customer_id,
    coalesce(identity like '%**%', false) as masked,
    account_text as account,
    email_text as email,
    phone_text as phone,
    nullif(trim(marketing), '') as marketing,
    ordered as ordered_at,
    status_text as status,
    case
        when status_text is null then 'counts'
        when list_contains(list_transform($counts_containing::varchar[], lambda word: contains(status_text, word)), true) then 'counts'
        when list_contains($cancelled::varchar[], status_text)
            and list_contains(list_transform($counts_when_reason_contains::varchar[], lambda word: contains(cancel_reason, word)), true) then 'counts'
        when list_contains($cancelled::varchar[], status_text) then 'cancelled'
        when list_contains($refunded::varchar[], status_text) then 'refunded'
        when list_contains($unpaid::varchar[], status_text) then 'unpaid'
        when list_contains($counts::varchar[], status_text) then 'counts'
        else 'unlisted'
    end as means,
    coalesce(nullif(trim(cancelled_at), ''), '-') <> '-' as has_cancel_day,
    has_fields,
    nullif(trim(subtotal), '') is not null or nullif(trim(gross), '') is not null as has_total,
    amount(subtotal, $styles.subtotal) as subtotal,
    amount(gross, $styles.gross) as gross,
    coalesce(abs(amount(seller_discount, $styles.seller_discount)), 0)
    + coalesce(abs(amount(seller_discount_2, $styles.seller_discount_2)), 0)
    + coalesce(abs(amount(seller_discount_3, $styles.seller_discount_3)), 0) as seller_discount,
    coalesce(abs(amount(platform_discount, $styles.platform_discount)), 0)
    + coalesce(abs(amount(platform_discount_2, $styles.platform_discount_2)), 0)
    + coalesce(abs(amount(platform_discount_3, $styles.platform_discount_3)), 0) as platform_discount,
    abs(amount(refunded, $styles.refunded)) as refunded,
    amount(shipping, $styles.shipping) as shipping,
    amount(buyer_paid, $styles.buyer_paid) as buyer_paid,
    coalesce(nullif(trim(coupon), ''), '') as coupon,
    nullif(trim(payment), '') as payment,
    nullif(trim(city), '') as city,
    nullif(trim(channel), '') as channel,
    coalesce(nullif(upper(trim(currency)), ''), $currency) as currency,
    first_line,
    rows
from identified
