-- Grain: one row per period (week, month or quarter) from the first shown day to the as-of day, an explicit 0 where nothing was sold.
with periods as (
    select cast(unnest(generate_series(
        date_trunc($grain, cast(shop.start as timestamp)),
        date_trunc($grain, cast(shop.as_of as timestamp)),
        case $grain when 'week' then interval 7 day when 'month' then interval 1 month else interval 3 month end
    )) as date) as period
    from shop
),
long_silence as (
    select 3 * quantile_cont(gap, 0.5) as days
    from buying_days
),
entries as (
    select
        customer_id,
        cast(date_trunc($grain, day) as date) as period,
        nth,
        gap,
        row_number() over (partition by customer_id, cast(date_trunc($grain, day) as date) order by nth) as place
    from buying_days
),
kinds as (
    select
        entries.customer_id,
        entries.period,
        case
            when entries.nth = 1 then 'new'
            when entries.gap > long_silence.days then 'reactivated'
            else 'existing'
        end as kind
    from entries
    cross join long_silence
    where entries.place = 1
),
sold as (
    select
        cast(date_trunc($grain, orders.ordered_at) as date) as period,
        orders.customer_id,
        orders.nth,
        orders.revenue,
        coalesce(kinds.kind, 'guest') as kind
    from orders
    left join kinds
        on kinds.customer_id = orders.customer_id
        and kinds.period = cast(date_trunc($grain, orders.ordered_at) as date)
    where orders.in_period
),
sums as (
    select
        period,
        count(*) as orders,
        count(*) filter (where kind = 'guest') as guest_orders,
        count(*) filter (where nth = 1) as first_orders,
        count(*) filter (where nth >= 2) as repeat_orders,
        count(distinct customer_id) as buyers,
        count(distinct customer_id) filter (where kind = 'new') as new_buyers,
        count(distinct customer_id) filter (where kind = 'existing') as existing_buyers,
        count(distinct customer_id) filter (where kind = 'reactivated') as reactivated_buyers,
        sum(revenue) as revenue,
        sum(revenue) filter (where kind = 'guest') as guest_revenue,
        sum(revenue) filter (where kind = 'new') as new_revenue,
        sum(revenue) filter (where kind = 'existing') as existing_revenue,
        sum(revenue) filter (where kind = 'reactivated') as reactivated_revenue,
        sum(revenue) filter (where nth = 1) as first_revenue,
        sum(revenue) filter (where nth >= 2) as repeat_revenue
    from sold
    group by period
)
select
    periods.period,
    case $grain
        when 'week' then periods.period + interval 7 day
        when 'month' then periods.period + interval 1 month
        else periods.period + interval 3 month
    end <= cast(shop.as_of + 1 as timestamp)
    and (periods.period >= shop.start or shop.start = shop.first_ordered) as finished,
    coalesce(sums.orders, 0) as orders,
    coalesce(sums.guest_orders, 0) as guest_orders,
    coalesce(sums.first_orders, 0) as first_orders,
    coalesce(sums.repeat_orders, 0) as repeat_orders,
    coalesce(sums.buyers, 0) as buyers,
    coalesce(sums.new_buyers, 0) as new_buyers,
    coalesce(sums.existing_buyers, 0) as existing_buyers,
    coalesce(sums.reactivated_buyers, 0) as reactivated_buyers,
    coalesce(sums.revenue, 0) as revenue,
    coalesce(sums.guest_revenue, 0) as guest_revenue,
    coalesce(sums.new_revenue, 0) as new_revenue,
    coalesce(sums.existing_revenue, 0) as existing_revenue,
    coalesce(sums.reactivated_revenue, 0) as reactivated_revenue,
    coalesce(sums.first_revenue, 0) as first_revenue,
    coalesce(sums.repeat_revenue, 0) as repeat_revenue
from periods
cross join shop
left join sums on sums.period = periods.period
order by periods.period
