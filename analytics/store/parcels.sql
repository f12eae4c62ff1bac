-- Grain: one row per order of this view that counts, or was cancelled, given back, never paid or free: what became of its parcel.
-- outcome: unclaimed (nobody took it), cancelled, unpaid, returned (wholly or in part), lost (on its way, and paid out), done, open (the file
-- does not say yet).
-- newest: its export reaches as far as any of its shop. arrived: the day it was completed; where that is not known $travel days after the
-- shipment; else, but not for one that a newest export says is still under way, the days that its platform's orders usually take.
-- arrived_by: completed, shipped, usual. to_ship: still to be sent when its export was made. claims: its platform's files would say that
-- nobody took a parcel.
with reach as (
    select
        checked.snapshot,
        checked.platform,
        checked.shop,
        greatest(
            max(cast(checked.ordered_at as date)) filter (where checked.reason is distinct from 'future'),
            max(files.window_end)
        ) as until
    from staged.checked as checked
    inner join files on files.number = checked.file_number
    group by checked.snapshot, checked.platform, checked.shop
),
newest as (
    select
        snapshot,
        shop,
        platform,
        coalesce(until = max(until) over (partition by platform, shop), true) as newest
    from reach
),
reasons as (
    select
        platform,
        shop,
        bool_or(cancel_reason is not null) as given
    from staged.contexts
    group by platform, shop
),
told as (
    select
        contexts.context_key,
        contexts.platform,
        contexts.shop,
        contexts.status,
        contexts.payment,
        contexts.cancel_reason,
        contexts.return_status,
        newest.newest,
        ways.completes,
        ways.to_ship as waiting,
        list_contains(ways.to_ship, lower(contexts.status)) as waits,
        len(ways.unclaimed) > 0 and reasons.given as claims,
        len(list_filter(
            ways.unclaimed, lambda part: contains(lower(coalesce(contexts.cancel_reason, '') || ' ' || coalesce(contexts.status, '')), part)
        )) > 0 as left_behind,
        contexts.paid_out,
        contexts.return_means = 'returned' as taken_back
    from staged.contexts as contexts
    inner join staged.parcel_ways as ways on ways.file_number = contexts.file_number
    inner join newest on newest.snapshot = contexts.snapshot and newest.platform = contexts.platform and newest.shop = contexts.shop
    inner join reasons on reasons.platform = contexts.platform and reasons.shop = contexts.shop
),
placed as (
    select
        facts.order_key,
        told.platform,
        told.shop,
        facts.order_id,
        facts.customer_id,
        facts.ordered_at,
        cast(facts.ordered_at as date) as day,
        ranks.nth,
        coalesce(ranks.in_period, true) as in_period,
        ranks.order_key is not null as counts,
        facts.reason,
        told.payment,
        told.cancel_reason,
        told.return_status,
        facts.gross,
        facts.revenue,
        told.newest,
        told.completes,
        told.claims,
        times.shipped_at,
        times.completed_at,
        times.ship_by,
        times.delivery,
        times.note,
        times.unread,
        coalesce(facts.reason, '') not in ('cancelled', 'unpaid', 'refunded')
        and coalesce(case when times.fulfilment is null then told.waits else list_contains(told.waiting, times.fulfilment) end, false) as to_ship,
        coalesce(facts.reason in ('cancelled', 'refunded'), false) and told.left_behind as unclaimed,
        coalesce(facts.reason is null and told.paid_out, false) as lost,
        coalesce(facts.reason = 'refunded' or told.taken_back or facts.refunded > 0, false) as returned
    from staged.order_facts as facts
    inner join told on told.context_key = facts.context_key
    left join ranks on ranks.order_key = facts.order_key
    left join left_aside on left_aside.order_key = facts.order_key
    left join parcel_times as times on times.order_key = facts.order_key
    where ranks.order_key is not null
        or left_aside.reason in ('cancelled', 'refunded', 'unpaid', 'free')
),
usual as (
    select
        platform,
        cast(median(cast(completed_at as date) - day) as integer) as days
    from placed
    where completed_at >= ordered_at
    group by platform
    having count(*) >= $enough
)
select
    placed.* exclude (completes, unclaimed, returned, lost),
    case
        when placed.unclaimed then 'unclaimed'
        when placed.reason = 'cancelled' then 'cancelled'
        when placed.reason = 'unpaid' then 'unpaid'
        when placed.returned then 'returned'
        when placed.lost then 'lost'
        when placed.completed_at is not null then 'done'
        when placed.completes or placed.to_ship then 'open'
        when coalesce(cast(placed.shipped_at as date), placed.day) + $settled <= shop.as_of then 'done'
        else 'open'
    end as outcome,
    case
        when not placed.counts or placed.lost then null
        when placed.completed_at >= placed.ordered_at then cast(placed.completed_at as date)
        when placed.newest and (placed.completes or placed.to_ship) then null
        when placed.shipped_at >= placed.ordered_at and not placed.completes then cast(placed.shipped_at as date) + $travel
        else placed.day + coalesce(usual.days, $travel)
    end as arrived,
    case
        when placed.completed_at >= placed.ordered_at then 'completed'
        when placed.shipped_at >= placed.ordered_at and not placed.completes then 'shipped'
        else 'usual'
    end as arrived_by,
    case when placed.shipped_at >= placed.day then cast(placed.shipped_at as date) - placed.day end as ship_days,
    case when placed.completed_at >= placed.ordered_at then cast(placed.completed_at as date) - placed.day end as complete_days,
    case
        when placed.shipped_at < placed.day then null
        when cast(placed.ship_by as time) = time '00:00:00' then cast(placed.shipped_at as date) > cast(placed.ship_by as date)
        else placed.shipped_at > placed.ship_by
    end as late
from placed
cross join shop
left join usual on usual.platform = placed.platform
