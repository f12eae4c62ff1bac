-- Grain: one row per refund in a row of its own, tied to the order of its number (parent_key; NULL: in no file), and one per such order
-- (is_parent) with what was paid back. A refund that several exports hold is one.
with refunds as (
    select
        order_key,
        platform,
        shop,
        order_id,
        snapshot,
        ordered_at,
        net
    from staged.checked
    where is_refund
        and order_id is not null
        and reason is distinct from 'unreadable'
),
parents as (
    select
        platform,
        shop,
        order_id,
        max(order_key) as order_key
    from staged.checked
    where not is_refund
        and order_id is not null
        and (reason is null or reason not in ('superseded', 'unreadable'))
    group by platform, shop, order_id
),
tied as (
    select
        refunds.*,
        parents.order_key as parent_key
    from refunds
    left join parents
        on parents.platform = refunds.platform
        and parents.shop = refunds.shop
        and parents.order_id = refunds.order_id
),
counted as (
    select
        parent_key,
        ordered_at,
        net,
        max(times) as times
    from (
        select parent_key, snapshot, ordered_at, net, count(*) as times
        from tied
        where parent_key is not null
        group by parent_key, snapshot, ordered_at, net
    )
    group by parent_key, ordered_at, net
)
select
    order_key,
    parent_key,
    cast(-net as decimal(18, 4)) as amount,
    false as is_parent
from tied
union all
select
    parent_key as order_key,
    null as parent_key,
    cast(-sum(net * times) as decimal(18, 4)) as amount,
    true as is_parent
from counted
group by parent_key
