-- Grain: one row per order of one customer, the latest first, with the days since the buying day before.
with bought as (
    select
        order_key,
        order_id,
        ordered_at,
        nth,
        cast(revenue as double) as revenue,
        coupon,
        shop,
        status
    from orders
    where customer_id = $customer_id
),
gaps as (
    select
        nth,
        gap
    from buying_days
    where customer_id = $customer_id
),
contents as (
    select
        lines.order_key,
        string_agg(lines.product, '、' order by lines.line, lines.product) as products
    from order_lines as lines
    inner join bought on bought.order_key = lines.order_key
    group by lines.order_key
)
select
    bought.order_id,
    bought.ordered_at,
    bought.nth,
    gaps.gap,
    bought.revenue,
    contents.products,
    bought.coupon,
    bought.shop,
    bought.status
from bought
inner join gaps on gaps.nth = bought.nth
left join contents on contents.order_key = bought.order_key
order by bought.ordered_at desc, bought.order_id desc, bought.order_key desc
