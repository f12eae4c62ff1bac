-- Grain: one row per cell of a line that should hold a number and holds something else: a quantity, units that came back, what was paid back.
with cells as (
    select
        facts.order_key,
        unnest([
            {'what': 'quantity', 'written': case when facts.quantity is null then raw.quantity end},
            {'what': 'returned', 'written': case when facts.returned is null then raw.returned end},
            {'what': 'refunded', 'written': case when amount(raw.line_refunded, $styles.line_refunded) is null and not is_blank(raw.line_refunded) then raw.line_refunded end}
        ], recursive := true)
    from staged.line_facts as facts
    inner join raw_lines as raw on raw.line = facts.order_key + facts.line - 1
    where facts.order_key >= $first_key
        and (facts.quantity is null or facts.returned is null or raw.line_refunded is not null)
)
select
    order_key,
    what,
    left(trim(written), 60) as written
from cells
where written is not null
