-- Grain: one row per order of one export, its fields taken once and cast, with its revenue and why it does not count, if so.
with line_totals as (
    select
        order_key,
        cast(sum(value) as decimal(18, 4)) as value,
        cast(sum(seller_discount) as decimal(18, 4)) as seller_discount,
        cast(sum(platform_discount) as decimal(18, 4)) as platform_discount,
        cast(sum(refunded) as decimal(18, 4)) as refunded,
        cast(sum(returned * price) filter (where returned > 0) as decimal(18, 4)) as returned_value,
        coalesce(bool_and(returned >= quantity) filter (where quantity > 0), false) as all_returned
    from staged.lines
    where order_key >= $first_key
    group by order_key
),
named as (
    select
        keys.order_key,
        keys.snapshot,
        keys.order_id as id,
        keys.has_fields,
        keys.rows,
        nullif(trim(raw.account), '') as account_text,
        nullif(lower(trim(raw.email)), '') as email_text,
        coalesce(nullif(trim(raw.phone), ''), nullif(trim(raw.phone_2), ''), nullif(trim(raw.phone_3), '')) as phone_text,
        nullif(trim(raw.status, E' \t'), '') as status_text,
        shop_clock(raw.ordered_at, $formats) as ordered,
        amount(raw.subtotal, $styles.subtotal) as subtotal_amount,
        amount(raw.gross, $styles.gross) as gross_amount,
        coalesce(abs(amount(raw.seller_discount, $styles.seller_discount)), 0)
        + coalesce(abs(amount(raw.seller_discount_2, $styles.seller_discount_2)), 0)
        + coalesce(abs(amount(raw.seller_discount_3, $styles.seller_discount_3)), 0) as seller_discounts,
        coalesce(abs(amount(raw.platform_discount, $styles.platform_discount)), 0)
        + coalesce(abs(amount(raw.platform_discount_2, $styles.platform_discount_2)), 0)
        + coalesce(abs(amount(raw.platform_discount_3, $styles.platform_discount_3)), 0) as platform_discounts,
        cast(coalesce(abs(amount(raw.refunded, $styles.refunded)), line_totals.refunded, line_totals.returned_value, 0) as decimal(18, 4)) as refund,
        line_totals.value as line_value,
        coalesce(line_totals.seller_discount, 0) as line_seller_discount,
        coalesce(line_totals.platform_discount, 0) as line_platform_discount,
        coalesce(line_totals.all_returned, false) as all_returned,
        raw.*
    from staged.keys as keys
    inner join raw on raw.line = keys.taken_line
    left join line_totals on line_totals.order_key = keys.order_key
),
identified as (
    select
        *,
        coalesce(
            case $identity[1] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_digits(phone_text) end,
            case $identity[2] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_digits(phone_text) end,
            case $identity[3] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_digits(phone_text) end
        ) as identity,
        case
            when status_text is null or list_contains($counts::varchar[], status_text) then 'counts'
            when list_contains(list_transform($counts_containing::varchar[], lambda word: contains(status_text, word)), true) then 'counts'
            when list_contains($cancelled::varchar[], status_text)
                and list_contains(list_transform($counts_when_reason_contains::varchar[], lambda word: contains(cancel_reason, word)), true) then 'counts'
            when list_contains($cancelled::varchar[], status_text) then 'cancelled'
            when list_contains($refunded::varchar[], status_text) then 'refunded'
            when list_contains($unpaid::varchar[], status_text) then 'unpaid'
            else 'unlisted'
        end as means,
        case
            when (nullif(trim(subtotal), '') is not null or nullif(trim(gross), '') is not null)
                and subtotal_amount is null
                and gross_amount is null then null
            else cast(coalesce(subtotal_amount, coalesce(gross_amount, line_value) - seller_discounts - line_seller_discount) as decimal(18, 4))
        end as net
    from named
)
select
    order_key,
    snapshot,
    file,
    $platform as platform,
    coalesce(nullif(trim(shop), ''), file_shop) as shop,
    id as order_id,
    nullif(trim(platform_order_id), '') as platform_order_id,
    has_fields,
    case when not contains(identity, '**') then identity end as customer_id,
    coalesce(contains(identity, '**'), false) as masked,
    account_text as account,
    email_text as email,
    phone_text as phone,
    nullif(trim(marketing), '') as marketing,
    ordered as ordered_at,
    status_text as status,
    means,
    cast(greatest(net - refund, 0) as decimal(18, 4)) as revenue,
    amount(buyer_paid, $styles.buyer_paid) as buyer_paid,
    coalesce(gross_amount, subtotal_amount + seller_discounts, line_value) as gross,
    seller_discounts + line_seller_discount as seller_discount,
    platform_discounts + line_platform_discount as platform_discount,
    cast(refund as decimal(18, 4)) as refunded,
    amount(shipping, $styles.shipping) as shipping,
    coalesce(nullif(trim(coupon), ''), '') as coupon,
    nullif(trim(payment), '') as payment,
    nullif(trim(city), '') as city,
    nullif(trim(channel), '') as channel,
    coalesce(nullif(upper(trim(currency)), ''), $currency) as currency,
    coalesce(line_value, 0) as line_value,
    rows,
    case
        when id is null or ordered is null or net is null then 'unreadable'
        when means = 'cancelled' or coalesce(nullif(trim(cancelled_at), ''), '-') <> '-' then 'cancelled'
        when means = 'unpaid' then 'unpaid'
        when means = 'refunded' or all_returned or (refund > 0 and refund >= net) then 'refunded'
        when net - refund <= 0 then 'free'
    end as reason
from identified
