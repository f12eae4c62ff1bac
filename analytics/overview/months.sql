-- Grain: one row per period (week, month or quarter) from the first shown day to the as-of day, an explicit 0 where nothing was sold.
with periods as (
    select cast(unnest(generate_series(
        date_trunc($grain, cast(shop.start as timestamp)),
        date_trunc($grain, cast(shop.as_of as timestamp)),
        case $grain when 'week' then interval 7 day when 'month' then interval 1 month else interval 3 month end
    )) as date) as period
    from shop
),
gaps as materialized (
    select
        customer_id,
        nth,
        gap
    from buying_days
    where gap is not null
),
long_silence as (
    select 3 * quantile_cont(gap, 0.5) as days
    from gaps
),
-- What each customer bought in each period; a guest's orders stand together.
bought as (
    select
        cast(date_trunc($grain, ordered_at) as date) as period,
        customer_id,
        min(nth) as entry,
        count(*) filter (where in_period) as orders,
        count(*) filter (where in_period and nth = 1) as first_orders,
        count(*) filter (where in_period and nth >= 2) as repeat_orders,
        sum(revenue) filter (where in_period) as revenue,
        sum(revenue) filter (where in_period and nth = 1) as first_revenue,
        sum(revenue) filter (where in_period and nth >= 2) as repeat_revenue
    from orders
    group by 1, 2
),
sold as (
    select
        bought.*,
        case
            when bought.customer_id is null then 'guest'
            when bought.entry = 1 then 'new'
            when gaps.gap > long_silence.days then 'reactivated'
            else 'existing'
        end as kind
    from bought
    cross join long_silence
    left join gaps
        on gaps.customer_id = bought.customer_id
        and gaps.nth = bought.entry
    where bought.orders > 0
),
sums as (
    select
        period,
        sum(orders) as orders,
        sum(orders) filter (where kind = 'guest') as guest_orders,
        sum(first_orders) as first_orders,
        sum(repeat_orders) as repeat_orders,
        count(*) filter (where kind <> 'guest') as buyers,
        count(*) filter (where kind = 'new') as new_buyers,
        count(*) filter (where kind = 'existing') as existing_buyers,
        count(*) filter (where kind = 'reactivated') as reactivated_buyers,
        sum(revenue) as revenue,
        sum(revenue) filter (where kind = 'guest') as guest_revenue,
        sum(revenue) filter (where kind = 'new') as new_revenue,
        sum(revenue) filter (where kind = 'existing') as existing_revenue,
        sum(revenue) filter (where kind = 'reactivated') as reactivated_revenue,
        sum(first_revenue) as first_revenue,
        sum(repeat_revenue) as repeat_revenue
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
    cast(coalesce(sums.orders, 0) as bigint) as orders,
    cast(coalesce(sums.guest_orders, 0) as bigint) as guest_orders,
    cast(coalesce(sums.first_orders, 0) as bigint) as first_orders,
    cast(coalesce(sums.repeat_orders, 0) as bigint) as repeat_orders,
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
