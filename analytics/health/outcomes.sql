-- Grain: one row per outcome of an order: 'counts' first, then each reason for not counting, with its orders, rows and revenue.
with kept as (
    select
        'counts' as outcome,
        count(*) as orders,
        coalesce(sum(rows), 0) as rows,
        coalesce(sum(revenue), 0) as revenue
    from orders
),
left_out as (
    select
        reason as outcome,
        count(order_id) as orders,
        sum(rows) as rows,
        coalesce(sum(revenue), 0) as revenue
    from excluded_orders
    group by reason
)
select outcome, orders, rows, revenue from kept
union all
select outcome, orders, rows, revenue from left_out
order by outcome <> 'counts', orders desc, outcome
