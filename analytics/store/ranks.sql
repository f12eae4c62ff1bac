-- Grain: one row per order that counts: which buying day of its customer it belongs to, and whether it lies in the period.
-- buyer: the customer as a number, the key of their first order that counts; a guest's order is a buyer of its own. place: of the orders of one
-- buying day the first is 0 (which one is first, nobody says).
-- Who is known to have bought before the data begin has at least one buying day that nobody sees: theirs begin at 2.
with counted as (
    select *
    from staged.checked
    where ordered_at is not null
        and (reason is null or list_contains($include::varchar[], reason))
        and not (means = 'unlisted' and list_contains($leave_out_statuses::varchar[], status))
        and order_key not in (
            select order_key from staged.unknown_returns where list_contains($leave_out_statuses::varchar[], return_status)
        )
        and (len($shops::varchar[]) = 0 or list_contains($shops::varchar[], shop))
        and cast(ordered_at as date) <= $end
),
totals as (
    select
        customer_id,
        sum(revenue) as revenue,
        count(distinct cast(ordered_at as date)) as days
    from counted
    where customer_id is not null
        and ($leave_out_revenue is not null or $leave_out_days is not null or len($leave_out::varchar[]) > 0)
    group by customer_id
),
known as (
    select distinct unnest($known::varchar[]) as customer_id
),
left_out as (
    select customer_id
    from totals
    where revenue > $leave_out_revenue
        or days > $leave_out_days
        or list_contains($leave_out::varchar[], customer_id)
)
select
    counted.order_key,
    cast(case
        when counted.customer_id is not null then dense_rank() over days + case when known.customer_id is null then 0 else 1 end
    end as integer) as nth,
    case when counted.customer_id is null then counted.order_key else min(counted.order_key) over whole end as buyer,
    case when counted.customer_id is null then 0 else row_number() over days - rank() over days end as place,
    cast(counted.ordered_at as date) >= $start as in_period
from counted
left join left_out on left_out.customer_id = counted.customer_id
left join known on known.customer_id = counted.customer_id
where left_out.customer_id is null
window
    days as (
        partition by counted.customer_id
        order by
            cast(counted.ordered_at as date),
            case when $same_day then counted.ordered_at end,
            case when $same_day then counted.order_id end,
            case when $same_day then counted.order_key end
    ),
    whole as (days rows between unbounded preceding and unbounded following)
