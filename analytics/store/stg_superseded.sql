-- Grain: one row per order that a newer export holds too. The same number with another platform id is another order.
with repeated as (
    select
        platform,
        shop,
        order_id,
        min(platform_order_id) is distinct from max(platform_order_id) as apart
    from staged.checked
    where order_id is not null
    group by platform, shop, order_id
    having count(*) > 1
),
aged as (
    select
        checked.order_key,
        row_number() over (
            partition by checked.platform, checked.shop, checked.order_id, case when repeated.apart then checked.platform_order_id end
            order by checked.has_fields desc, snapshots.newness desc, checked.order_key desc
        ) as age
    from staged.checked as checked
    inner join repeated
        on repeated.platform = checked.platform
        and repeated.shop = checked.shop
        and repeated.order_id = checked.order_id
    inner join staged.snapshots as snapshots on snapshots.snapshot = checked.snapshot
    where checked.reason is null or checked.reason <> 'unreadable'
)
select order_key
from aged
where age > 1
