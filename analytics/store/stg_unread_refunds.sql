-- Grain: one row per order whose refund stands there and cannot be read.
select
    facts.order_key,
    'refunded' as what,
    left(trim(raw.refunded_unread), 60) as written
from staged.order_facts as facts
inner join staged.taken as raw on raw.order_key = facts.order_key
where facts.refund_unread
    and raw.refunded_unread is not null
