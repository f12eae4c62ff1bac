-- Grain: one row per cell of a line that should hold a number and holds something else: a quantity, units that came back, what was paid back.
with cells as (
    select
        facts.order_key,
        unnest([
            {'what': 'quantity', 'written': case when facts.quantity is null then raw.quantity_unread end},
            {'what': 'returned', 'written': case when facts.returned is null then raw.returned_unread end},
            {'what': 'refunded', 'written': raw.line_refunded_unread}
        ], recursive := true)
    from staged.line_facts as facts
    inner join raw_lines as raw on raw.line = facts.order_key + facts.line - 1
    where raw.quantity_unread is not null
        or raw.returned_unread is not null
        or raw.line_refunded_unread is not null
)
select
    order_key,
    what,
    left(trim(written), 60) as written
from cells
where written is not null
