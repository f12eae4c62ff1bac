-- Grain: one row per order of one export, with its revenue and, where it does not count, the reason.
with line_totals as (
    select
        order_key,
        sum(value) as value,
        sum(seller_discount) as seller_discount,
        sum(platform_discount) as platform_discount,
        sum(refunded) as refunded,
        cast(sum(returned * price) as decimal(18, 4)) as returned_value,
        coalesce(bool_and(returned >= quantity) filter (where quantity > 0), false) as all_returned
    from staged.lines
    group by order_key
),
told_apart as (
    select
        *,
        case
            when min(platform_order_id) over (partition by platform, shop, order_id)
                <> max(platform_order_id) over (partition by platform, shop, order_id)
                then platform_order_id
            else ''
        end as apart
    from staged.orders
),
aged as (
    select
        told_apart.*,
        row_number() over (
            partition by told_apart.platform, told_apart.shop, told_apart.order_id, told_apart.apart
            order by told_apart.has_fields desc, snapshots.newness desc, told_apart.order_key desc
        ) as age
    from told_apart
    inner join staged.snapshots as snapshots on snapshots.snapshot = told_apart.snapshot
),
valued as (
    select
        aged.*,
        case
            when aged.has_total and aged.subtotal is null and aged.gross is null then null
            when aged.subtotal is not null then aged.subtotal
            else coalesce(aged.gross, line_totals.value) - aged.seller_discount - coalesce(line_totals.seller_discount, 0)
        end as net,
        coalesce(aged.refunded, line_totals.refunded, line_totals.returned_value, 0) as refund,
        line_totals.value as line_value,
        coalesce(line_totals.all_returned, false) as all_returned,
        coalesce(line_totals.seller_discount, 0) as line_seller_discount,
        coalesce(line_totals.platform_discount, 0) as line_platform_discount
    from aged
    left join line_totals on line_totals.order_key = aged.order_key
)
select
    order_key,
    file,
    platform,
    shop,
    order_id,
    customer_id,
    masked,
    account,
    email,
    phone,
    marketing,
    ordered_at,
    status,
    means,
    cast(greatest(net - refund, 0) as decimal(18, 4)) as revenue,
    buyer_paid,
    coalesce(gross, subtotal + seller_discount, line_value) as gross,
    seller_discount + line_seller_discount as seller_discount,
    platform_discount + line_platform_discount as platform_discount,
    cast(refund as decimal(18, 4)) as refunded,
    shipping,
    coupon,
    payment,
    city,
    channel,
    currency,
    coalesce(line_value, 0) as line_value,
    rows,
    case
        when order_id is null or ordered_at is null or net is null then 'unreadable'
        when age > 1 then 'superseded'
        when means = 'cancelled' or has_cancel_day then 'cancelled'
        when means = 'unpaid' then 'unpaid'
        when means = 'refunded' or all_returned or (refund > 0 and refund >= net) then 'refunded'
        when net - refund <= 0 then 'free'
    end as reason
from valued
