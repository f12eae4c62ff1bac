-- Grain: one row per sales channel (shop, and the channel inside it where the export names one), best revenue first.
select
    shop,
    coalesce(channel, '') as channel,
    sum(revenue) as revenue,
    count(*) as orders
from orders
where in_period
group by shop, coalesce(channel, '')
order by revenue desc, shop, channel
