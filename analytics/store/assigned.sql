-- Grain: one row per product as the lines of one export describe it, with the product it is in this view: split and merged by the owner.
with parts as (
    select
        unnest($part_of::integer[]) as part_of,
        unnest($parts::varchar[]) as part,
        unnest($part_goods::integer[]) as good
),
moves as (
    select
        unnest($moved::integer[]) as good,
        unnest($moved_to::integer[]) as moved_to
),
split as (
    select
        source.product_key,
        coalesce(min(parts.good), min(source.good)) as good
    from staged.goods as source
    left join parts
        on parts.part_of = source.good
        and parts.part in (source.variant, source.id, source.sku, source.title, source.full_title)
    group by source.product_key
)
select
    split.product_key,
    coalesce(moves.moved_to, split.good) as good
from split
left join moves on moves.good = split.good
