-- Grain: one row per name that the product sheet uses for a product ($names): the product found under it, by its id, or any id or stock number of it.
with asked as (
    select distinct unnest($names::varchar[]) as name
),
codes as (
    select
        code,
        min(good) as good
    from staged.goods
    group by code
),
skus as (
    select
        sku,
        min(good) as good
    from staged.goods
    where sku is not null
    group by sku
    having count(distinct good) = 1
)
select
    asked.name,
    coalesce(found.good, codes.good, skus.good) as good,
    whole.product_id,
    whole.title
from asked
left join staged.goods_found as found on found.product_id = asked.name
left join codes on codes.code = same_code(asked.name)
left join skus on skus.sku = same_code(asked.name)
inner join staged.goods_found as whole on whole.good = coalesce(found.good, codes.good, skus.good)
order by asked.name
