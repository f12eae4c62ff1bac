-- Grain: one row per product found in the exports, before the owner's sheet: its title, what was guessed of it, and how many ways of writing it were grouped.
select
    found.product_id,
    found.title,
    found.family as found_family,
    found.kind as found_kind,
    cast(found.pack_size as double) as found_pack_size,
    count(distinct source.full_title || chr(31) || coalesce(source.written, '')) as grouped,
    sum(source.lines) as lines
from staged.goods_found as found
inner join staged.goods as source on source.good = found.good
group by found.good, found.product_id, found.title, found.family, found.kind, found.pack_size
order by lines desc, found.product_id
