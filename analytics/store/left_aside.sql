-- Grain: one row per order that does not count, with the reason.
select
    order_key,
    coalesce(reason, 'unlisted') as reason
from staged.checked
where (len($shops::varchar[]) = 0 or list_contains($shops::varchar[], shop))
    and coalesce(cast(ordered_at as date) between $start and $end, true)
    and (
        (reason is not null and not list_contains($include::varchar[], reason))
        or (reason is null and means = 'unlisted' and list_contains($leave_out_statuses::varchar[], status))
        or (
            reason is null
            and order_key in (
                select order_key from staged.unknown_returns where list_contains($leave_out_statuses::varchar[], return_status)
            )
        )
    )
