-- Grain: one row per thing that an order cannot do without and that some lack: number, day, amount or refund, the first that is missing of each.
select
    case
        when order_id is null then 'number'
        when ordered_at is null then 'day'
        when net is null or not refund_unread then 'amount'
        else 'refund'
    end as missing,
    count(order_id) as orders,
    sum(rows) as rows
from staged.checked
where reason = 'unreadable'
group by missing
order by missing
