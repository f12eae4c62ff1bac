-- Grain: one row per campaign of the diary, the latest first: its days, as many days before and after it, and the customers won in it.
-- before_known, after_known: the data hold all of these days. won_*: customers whose first buying day lies in the campaign; around_*: those won in the $around days
-- on either side of it and in no campaign. Of both only those $days days old count as eligible; bought again: a second buying day within $days days.
with diary as (
    select
        row_number() over (order by first_day, name) as campaign,
        name,
        first_day,
        coalesce(last_day, first_day) as last_day,
        cast(coalesce(last_day, first_day) - first_day + 1 as integer) as length,
        audience,
        offer,
        cost
    from campaigns
),
spans as (
    select campaign, 'during' as part, first_day as since, last_day as until from diary
    union all
    select campaign, 'before', first_day - length, first_day - 1 from diary
    union all
    select campaign, 'after', last_day + 1, last_day + length from diary
),
sold as (
    select
        spans.campaign,
        count(orders.order_key) filter (where spans.part = 'during') as orders,
        count(orders.order_key) filter (where spans.part = 'before') as orders_before,
        count(orders.order_key) filter (where spans.part = 'after') as orders_after,
        coalesce(sum(orders.revenue) filter (where spans.part = 'during'), 0) as revenue,
        coalesce(sum(orders.revenue) filter (where spans.part = 'before'), 0) as revenue_before,
        coalesce(sum(orders.revenue) filter (where spans.part = 'after'), 0) as revenue_after,
        count(distinct orders.customer_id) filter (where spans.part = 'during') as buyers
    from spans
    left join orders on cast(orders.ordered_at as date) between spans.since and spans.until
    group by spans.campaign
),
old as (
    select
        diary.campaign,
        count(distinct orders.customer_id) as old_buyers
    from diary
    inner join orders on cast(orders.ordered_at as date) between diary.first_day and diary.last_day
    inner join customers on customers.customer_id = orders.customer_id and customers.first_day < diary.first_day
    group by diary.campaign
),
won as (
    select
        diary.campaign,
        customers.first_day between diary.first_day and diary.last_day as inside,
        customers.first_day + $days <= shop.as_of as eligible,
        coalesce(customers.second_day <= customers.first_day + $days, false) as back
    from diary
    cross join shop
    inner join customers on customers.first_day between diary.first_day - $around and diary.last_day + $around
    where customers.first_day between diary.first_day and diary.last_day
        or not exists (
            select 1
            from diary as other
            where customers.first_day between other.first_day and other.last_day
        )
),
cohorts as (
    select
        campaign,
        count(*) filter (where inside) as won,
        count(*) filter (where inside and eligible) as won_eligible,
        count(*) filter (where inside and eligible and back) as won_back,
        count(*) filter (where not inside and eligible) as around_eligible,
        count(*) filter (where not inside and eligible and back) as around_back
    from won
    group by campaign
)
select
    diary.name,
    diary.first_day,
    diary.last_day,
    diary.length,
    diary.audience,
    diary.offer,
    diary.cost,
    diary.last_day <= shop.as_of as over,
    diary.first_day - diary.length >= shop.first_ordered as before_known,
    diary.last_day + diary.length <= shop.as_of as after_known,
    sold.orders,
    sold.orders_before,
    sold.orders_after,
    sold.revenue,
    sold.revenue_before,
    sold.revenue_after,
    sold.buyers,
    coalesce(old.old_buyers, 0) as old_buyers,
    coalesce(cohorts.won, 0) as won,
    coalesce(cohorts.won_eligible, 0) as won_eligible,
    coalesce(cohorts.won_back, 0) as won_back,
    coalesce(cohorts.around_eligible, 0) as around_eligible,
    coalesce(cohorts.around_back, 0) as around_back
from diary
cross join shop
inner join sold on sold.campaign = diary.campaign
left join old on old.campaign = diary.campaign
left join cohorts on cohorts.campaign = diary.campaign
order by diary.first_day desc, diary.name
