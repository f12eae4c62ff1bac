-- Grain: one row per title, id, stock number and variant under which the product $product_id was sold, the most lines first.
select
    source.title,
    source.variant,
    source.written as source_product_id,
    source.sku,
    sum(source.lines) as lines
from goods
inner join staged.goods as source on source.product_key = goods.product_key
where goods.product_id = $product_id
group by source.title, source.variant, source.written, source.sku
order by lines desc, source.title, source.variant, source.written, source.sku
