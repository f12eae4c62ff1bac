-- Grain: one row per outcome of an order: 'counts' first, then each reason for not counting, with its orders, rows and revenue.
-- Lines that were left out of an order that counts are rows of their reason, and no order. Amounts in other currencies are no revenue.
with kept as (
    select
        'counts' as outcome,
        count(*) as orders,
        coalesce(sum(rows), 0) as rows,
        coalesce(sum(revenue), 0) as revenue
    from orders
),
reasons as (
    select
        reason,
        count(order_id) as orders,
        sum(rows) as rows,
        case when reason <> 'currency' then coalesce(sum(revenue), 0) end as revenue
    from excluded_orders
    group by reason
    union all
    select
        reason,
        0 as orders,
        sum(rows) as rows,
        0 as revenue
    from staged.left_out_rows
    group by reason
),
left_out as (
    select
        reason as outcome,
        sum(orders) as orders,
        sum(rows) as rows,
        sum(revenue) as revenue
    from reasons
    group by reason
)
select outcome, orders, rows, revenue from kept
union all
select outcome, orders, rows, revenue from left_out
order by outcome <> 'counts', orders desc, outcome
