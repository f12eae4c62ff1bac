-- Grain: one row per order and reason for which lines of it are left out though it may count: how many, and what the buyer paid for those.
select
    settled.order_key,
    settled.reason,
    cast(count(*) as integer) as rows,
    try_cast(sum(case when settled.reason <> 'superseded' then
        coalesce(
            lines.line_total,
            line_value(lines.price, case when $counts_units then amount_or(lines.quantity, lines.quantity_unread, 1) else 1 end)
        )
        - coalesce(abs(lines.line_seller_discount), 0)
        - coalesce(abs(lines.line_seller_discount_2), 0)
        - coalesce(abs(lines.line_seller_discount_3), 0)
        - coalesce(abs(lines.line_platform_discount), 0)
    end) as decimal(18, 4)) as value
from staged.settled_runs as settled
inner join raw_lines as lines on lines.run = settled.run
where not settled.kept
group by settled.order_key, settled.reason
