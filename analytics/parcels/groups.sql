-- Grain: one row per measure (days to shipment, days to completion, left late, slower than usual) and its group: its orders, their stars, and how
-- many of those whose first purchase it was bought again within $within days of it (all of them old enough to tell).
with timed as (
    select
        order_key,
        customer_id,
        nth,
        ship_days,
        complete_days,
        late
    from parcels
    where in_period and counts
),
grouped as (
    select
        order_key,
        customer_id,
        nth,
        'shipment' as measure,
        len(list_filter($ship_edges::integer[], lambda edge: ship_days > edge)) as place
    from timed
    where ship_days is not null
    union all
    select
        order_key,
        customer_id,
        nth,
        'completion' as measure,
        len(list_filter($complete_edges::integer[], lambda edge: complete_days > edge)) as place
    from timed
    where complete_days is not null
    union all
    select
        order_key,
        customer_id,
        nth,
        'late' as measure,
        case when late then 1 else 0 end as place
    from timed
    where late is not null
    union all
    select
        order_key,
        customer_id,
        nth,
        'slow' as measure,
        case when complete_days > $usual then 1 else 0 end as place
    from timed
    where complete_days is not null
),
rated as (
    select
        order_key,
        min(rating) as rating
    from reviews
    where order_key is not null and rating is not null
    group by order_key
),
stars as (
    select
        grouped.measure,
        grouped.place,
        count(*) as orders,
        count(rated.rating) as reviewed,
        avg(rated.rating) as stars,
        count(*) filter (where rated.rating <= 3) as unhappy
    from grouped
    left join rated on rated.order_key = grouped.order_key
    group by grouped.measure, grouped.place
),
firsts as (
    select
        measure,
        customer_id,
        max(place) as place
    from grouped
    where nth = 1 and customer_id is not null
    group by measure, customer_id
),
followed as (
    select
        firsts.measure,
        firsts.place,
        count(*) as first_buyers,
        count(*) filter (where facts.second_day - facts.first_day <= $within) as back
    from firsts
    inner join customer_facts as facts on facts.customer_id = firsts.customer_id
    cross join shop
    where shop.as_of - facts.first_day >= $within
    group by firsts.measure, firsts.place
)
select
    stars.measure,
    cast(stars.place as integer) as place,
    stars.orders,
    stars.reviewed,
    stars.stars,
    stars.unhappy,
    coalesce(followed.first_buyers, 0) as first_buyers,
    coalesce(followed.back, 0) as back
from stars
left join followed on followed.measure = stars.measure and followed.place = stars.place
order by stars.measure, stars.place
