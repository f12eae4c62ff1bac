-- Grain: one row per order of one export, its own fields taken once and cast, with its revenue and why it does not count, if so.
with line_totals as (
    select
        order_key,
        case when not bool_or(value_unread) then try_cast(sum(value) as decimal(18, 4)) end as value,
        bool_or(value_unread) as value_unread,
        bool_or(returned is null) as returned_unread,
        try_cast(sum(try_cast(returned * price as decimal(18, 4))) filter (where returned > 0) as decimal(18, 4)) as returned_value,
        coalesce(bool_and(coalesce(returned >= quantity, false)) filter (where quantity > 0 or quantity is null), false) as all_returned
    from staged.line_facts
    where order_key >= $first_key
    group by order_key
),
named as (
    select
        raw.order_id as id,
        nullif(trim(raw.account), '') as account_text,
        nullif(lower(trim(raw.email)), '') as email_text,
        coalesce(written_phone(raw.phone), written_phone(raw.phone_2), written_phone(raw.phone_3)) as phone_text,
        contexts.means,
        contexts.no_status,
        shop_clock(raw.ordered_at, $formats, $ordering) as ordered,
        abs(amount_or(raw.seller_discount, raw.seller_discount_unread, 0))
        + abs(amount_or(raw.seller_discount_2, raw.seller_discount_2_unread, 0))
        + abs(amount_or(raw.seller_discount_3, raw.seller_discount_3_unread, 0)) as seller_discounts,
        abs(amount_or(raw.platform_discount, raw.platform_discount_unread, 0))
        + abs(amount_or(raw.platform_discount_2, raw.platform_discount_2_unread, 0))
        + abs(amount_or(raw.platform_discount_3, raw.platform_discount_3_unread, 0)) as platform_discounts,
        abs(raw.refunded) as paid_back,
        paid_back is null and (raw.refunded_unread is not null or coalesce(line_totals.returned_unread, false) or coalesce(discounts.refund_unread, false)) as refund_unread,
        coalesce(left_out.value, 0) as left_out_value,
        try_cast(coalesce(discounts.refunded, line_totals.returned_value - coalesce(discounts.of_returned, 0), 0) as decimal(18, 4)) as line_refund,
        line_totals.value as line_value,
        coalesce(line_totals.value_unread, false) as value_unread,
        case when not coalesce(discounts.discount_unread, false) then coalesce(discounts.seller_discount, 0) end as line_seller_discount,
        coalesce(discounts.platform_discount, 0) as line_platform_discount,
        coalesce(line_totals.all_returned, false) as all_returned,
        raw.* exclude (order_id, snapshot, refunded)
    from staged.taken as raw
    inner join staged.contexts as contexts on contexts.context_key = raw.context_key
    left join line_totals on line_totals.order_key = raw.order_key
    left join staged.line_discounts as discounts on discounts.order_key = raw.order_key
    left join (
        select order_key, sum(value) as value from staged.left_out_rows where value is not null group by order_key
    ) as left_out on left_out.order_key = raw.order_key
),
by_phone as (
    select
        *,
        case
            when not list_contains($identity::varchar[], 'phone') then null
            when list_contains($before_phone::varchar[], 'account') and account_text is not null then null
            when list_contains($before_phone::varchar[], 'email') and email_text is not null then null
            when phone_text is null then null
            else coalesce(
                phone_digits(phone_text),
                list_filter(list_transform([phone, phone_2, phone_3], lambda one: phone_digits(one)), lambda digits: digits is not null)[1]
            )
        end as phone_identity
    from named
),
identified as (
    select
        *,
        coalesce(
            case $identity[1] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_identity end,
            case $identity[2] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_identity end,
            case $identity[3] when 'account' then $account_prefix || account_text when 'email' then email_text when 'phone' then phone_identity end
        ) as identity,
        case
            when subtotal is null and gross is null and coalesce(subtotal_unread, gross_unread) is not null then null
            else try_cast(coalesce(subtotal, coalesce(gross, line_value) - seller_discounts - line_seller_discount) as decimal(18, 4))
        end as net
    from by_phone
),
with_refund as (
    select
        *,
        try_cast(case
            when refund_unread then null
            when paid_back is null then line_refund
            when paid_back <= left_out_value then 0
            when paid_back = shipping then 0
            when taxes > 0
                and net > 0
                and abs(net + coalesce(shipping, 0) + taxes - buyer_paid) < abs(net + coalesce(shipping, 0) - buyer_paid)
                then cast(paid_back - left_out_value as double) * cast(net as double) / cast(net + taxes as double)
            else paid_back - left_out_value
        end as decimal(18, 4)) as refund
    from identified
)
select
    order_key,
    context_key,
    id as order_id,
    plain_id(platform_order_id) as platform_order_id,
    has_fields,
    is_refund,
    case when not contains(identity, '**') then identity end as customer_id,
    coalesce(contains(identity, '**'), false) as masked,
    account_text as account,
    email_text as email,
    phone_text as phone,
    ordered as ordered_at,
    case when net - refund is not null then try_cast(greatest(net - refund, 0) as decimal(18, 4)) end as revenue,
    net,
    buyer_paid,
    coalesce(gross, subtotal + seller_discounts, line_value) as gross,
    seller_discounts + line_seller_discount as seller_discount,
    platform_discounts + line_platform_discount as platform_discount,
    try_cast(refund as decimal(18, 4)) as refunded,
    shipping,
    coalesce(nullif(trim(coupon), ''), '') as coupon,
    case when not value_unread then coalesce(line_value, 0) end as line_value,
    rows,
    refund_unread,
    case
        when id is null or ordered is null or net is null or refund is null then 'unreadable'
        when no_status and has_fields then 'look_alike'
        when means = 'cancelled' or not is_blank(cancelled_at) then 'cancelled'
        when means = 'unpaid' then 'unpaid'
        when means = 'refunded' or all_returned or (refund > 0 and refund >= net) or (buyer_paid > 0 and paid_back >= buyer_paid) then 'refunded'
        when net - refund <= 0 then 'free'
    end as reason
from with_refund
