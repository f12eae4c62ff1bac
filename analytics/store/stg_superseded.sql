-- Grain: one row per order that a newer export holds too. The same number with another platform id is another order; so is one of another buyer
-- and another day where no id tells. An id that is not known is that of the copy of the same moment, or of the same buyer.
with repeated as (
    select
        platform,
        shop,
        order_id,
        count(distinct platform_order_id) > 1 as has_ids,
        count(distinct customer_id) > 1 and max(cast(ordered_at as date)) - min(cast(ordered_at as date)) > 1 as has_days
    from staged.checked
    where order_id is not null
        and not is_refund
    group by platform, shop, order_id
    having count(*) > 1
),
told_apart as (
    select
        checked.order_key,
        checked.platform,
        checked.shop,
        checked.order_id,
        checked.has_fields,
        checked.snapshot,
        case
            when repeated.has_ids then coalesce(
                checked.platform_order_id,
                min(checked.platform_order_id) over (partition by checked.platform, checked.shop, checked.order_id, checked.ordered_at),
                case when checked.customer_id is not null then
                    min(checked.platform_order_id) over (partition by checked.platform, checked.shop, checked.order_id, checked.customer_id)
                end,
                ''
            )
            when repeated.has_days then cast(cast(checked.ordered_at as date) as varchar)
            else ''
        end as identity
    from staged.checked as checked
    inner join repeated
        on repeated.platform = checked.platform
        and repeated.shop = checked.shop
        and repeated.order_id = checked.order_id
    where not checked.is_refund
        and (checked.reason is null or checked.reason not in ('unreadable', 'look_alike'))
),
aged as (
    select
        told_apart.order_key,
        row_number() over (
            partition by told_apart.platform, told_apart.shop, told_apart.order_id, told_apart.identity
            order by told_apart.has_fields desc, snapshots.newness desc, told_apart.order_key desc
        ) as age
    from told_apart
    inner join staged.snapshots as snapshots on snapshots.snapshot = told_apart.snapshot
)
select order_key
from aged
where age > 1
