-- Grain: one row per order of one export, its own fields taken once and cast, with its revenue and why it does not count, if so.
with line_totals as (
    select
        order_key,
        try_cast(sum(value) as decimal(18, 4)) as value,
        try_cast(sum(returned * price) filter (where returned > 0) as decimal(18, 4)) as returned_value,
        coalesce(bool_and(returned >= quantity) filter (where quantity > 0), false) as all_returned
    from staged.line_facts
    where order_key >= $first_key
    group by order_key
),
named as (
    select
        keys.order_key,
        keys.order_id as id,
        keys.has_fields,
        keys.rows,
        nullif(trim(raw.account), '') as account_text,
        nullif(lower(trim(raw.email)), '') as email_text,
        coalesce(nullif(trim(raw.phone), ''), nullif(trim(raw.phone_2), ''), nullif(trim(raw.phone_3), '')) as phone_text,
        contexts.means,
        shop_clock(raw.ordered_at, $formats) as ordered,
        amount(raw.subtotal, $styles.subtotal) as subtotal_amount,
        amount(raw.gross, $styles.gross) as gross_amount,
        coalesce(abs(amount(raw.seller_discount, $styles.seller_discount)), 0)
        + coalesce(abs(amount(raw.seller_discount_2, $styles.seller_discount_2)), 0)
        + coalesce(abs(amount(raw.seller_discount_3, $styles.seller_discount_3)), 0) as seller_discounts,
        coalesce(abs(amount(raw.platform_discount, $styles.platform_discount)), 0)
        + coalesce(abs(amount(raw.platform_discount_2, $styles.platform_discount_2)), 0)
        + coalesce(abs(amount(raw.platform_discount_3, $styles.platform_discount_3)), 0) as platform_discounts,
        try_cast(coalesce(abs(amount(raw.refunded, $styles.refunded)), discounts.refunded, line_totals.returned_value, 0) as decimal(18, 4)) as refund,
        line_totals.value as line_value,
        coalesce(discounts.seller_discount, 0) as line_seller_discount,
        coalesce(discounts.platform_discount, 0) as line_platform_discount,
        coalesce(line_totals.all_returned, false) as all_returned,
        raw.* exclude (rows)
    from staged.keys as keys
    inner join raw_runs as raw on raw.run = keys.taken_run
    inner join staged.contexts as contexts on contexts.context_key = raw.context_key
    left join line_totals on line_totals.order_key = keys.order_key
    left join staged.line_discounts as discounts on discounts.order_key = keys.order_key
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
            when (nullif(trim(subtotal), '') is not null or nullif(trim(gross), '') is not null)
                and subtotal_amount is null
                and gross_amount is null then null
            else try_cast(coalesce(subtotal_amount, coalesce(gross_amount, line_value) - seller_discounts - line_seller_discount) as decimal(18, 4))
        end as net
    from named
)
select
    order_key,
    context_key,
    id as order_id,
    nullif(trim(platform_order_id), '') as platform_order_id,
    has_fields,
    case when not contains(identity, '**') then identity end as customer_id,
    coalesce(contains(identity, '**'), false) as masked,
    account_text as account,
    email_text as email,
    phone_text as phone,
    ordered as ordered_at,
    try_cast(greatest(net - refund, 0) as decimal(18, 4)) as revenue,
    amount(buyer_paid, $styles.buyer_paid) as buyer_paid,
    coalesce(gross_amount, subtotal_amount + seller_discounts, line_value) as gross,
    seller_discounts + line_seller_discount as seller_discount,
    platform_discounts + line_platform_discount as platform_discount,
    try_cast(refund as decimal(18, 4)) as refunded,
    amount(shipping, $styles.shipping) as shipping,
    coalesce(nullif(trim(coupon), ''), '') as coupon,
    coalesce(line_value, 0) as line_value,
    rows,
    case
        when id is null or ordered is null or net is null or refund is null then 'unreadable'
        when means = 'cancelled' or coalesce(nullif(trim(cancelled_at), ''), '-') <> '-' then 'cancelled'
        when means = 'unpaid' then 'unpaid'
        when means = 'refunded' or all_returned or (refund > 0 and refund >= net) then 'refunded'
        when net - refund <= 0 then 'free'
    end as reason
from identified
