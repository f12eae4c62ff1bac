-- Grain: one row: what changed of the orders and reviews of a shop between two databases of it, attached as `before` and `after`.
-- Older pictures of an order count on neither side.
with old as (
    select
        platform, shop, order_id, platform_order_id, status, reason, revenue, buyer_paid, refunded, ordered_at, customer_id, line_value, rows
    from before.staged.checked
    where order_id is not null
        and reason is distinct from 'superseded'
),
new as (
    select
        platform, shop, order_id, platform_order_id, status, reason, revenue, buyer_paid, refunded, ordered_at, customer_id, line_value, rows
    from after.staged.checked
    where order_id is not null
        and reason is distinct from 'superseded'
),
paired as (
    select
        old.order_id as old_id,
        new.order_id as new_id,
        old.reason as old_reason,
        new.reason as new_reason,
        (old.status, old.reason, old.revenue, old.buyer_paid, old.refunded, old.ordered_at, old.customer_id, old.line_value, old.rows)
        is distinct from
        (new.status, new.reason, new.revenue, new.buyer_paid, new.refunded, new.ordered_at, new.customer_id, new.line_value, new.rows) as differs
    from old
    full join new
        on new.platform = old.platform
        and new.shop = old.shop
        and new.order_id = old.order_id
        and coalesce(new.platform_order_id = old.platform_order_id, true)
),
reviews as (
    select
        old.review_id as old_id,
        new.review_id as new_id
    from (select distinct review_id from before.staged.reviews where reason is null) as old
    full join (select distinct review_id from after.staged.reviews where reason is null) as new on new.review_id = old.review_id
)
select
    count(*) filter (where old_id is null) as added,
    count(*) filter (where old_id is not null and new_id is not null and differs) as changed,
    count(*) filter (where old_id is not null and differs and new_reason = 'cancelled' and old_reason is distinct from 'cancelled') as cancelled,
    count(*) filter (where old_id is not null and differs and new_reason = 'refunded' and old_reason is distinct from 'refunded') as refunded,
    count(*) filter (where old_id is not null and new_id is not null and not differs) as same,
    count(*) filter (where new_id is null) as gone,
    (select count(*) from reviews where old_id is null) as reviews_added,
    (select count(*) from reviews where new_id is null) as reviews_gone
from paired
