-- Grain: one row per group of purchases old enough to judge (reviewed or not): how many, how soon reviewed, how many bought again in $days.
-- Only purchases since the first review that is joined to one: before it nobody can say who wrote none. $every: false for first purchases.
with followed as (
    select
        customer_id,
        nth,
        day,
        lead(day) over (partition by customer_id order by nth) - day as days_to_next
    from buying_days
),
written as (
    select
        orders.customer_id,
        orders.nth,
        min(cast(reviews.reviewed_at as date)) as review_day
    from reviews
    inner join orders on orders.order_key = reviews.order_key
    where orders.customer_id is not null
    group by orders.customer_id, orders.nth
),
first_written as (
    select min(followed.day) as day
    from written
    inner join followed on followed.customer_id = written.customer_id and followed.nth = written.nth
)
select
    written.customer_id is not null as reviewed,
    count(*) as purchases,
    count(*) filter (where followed.days_to_next <= $days) as repurchased,
    median(written.review_day - followed.day) as median_days,
    min(followed.day) as since
from followed
cross join shop
cross join first_written
left join written on written.customer_id = followed.customer_id and written.nth = followed.nth
where followed.day >= greatest(shop.start, first_written.day)
    and shop.as_of - followed.day >= $days
    and ($every or followed.nth = 1)
group by written.customer_id is not null
order by reviewed
