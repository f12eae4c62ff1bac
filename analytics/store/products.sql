-- Grain: one row per product of this view, after the owner's product sheet: what it is called, its family and kind, how long a pack lasts.
-- counts: it is something that people buy; gifts and lines that are no product stay out of what is said of products.
with found as (
    select good, product_id, title, family, pack_size, kind
    from staged.goods_found
    union all
    select
        parts.good,
        parts.product_id,
        parts.title,
        whole.family,
        coalesce(parts.pack_size, whole.pack_size),
        whole.kind
    from (
        select
            unnest($part_goods::integer[]) as good,
            unnest($part_of::integer[]) as part_of,
            unnest($parts::varchar[]) as part,
            unnest($part_ids::varchar[]) as product_id,
            unnest($part_titles::varchar[]) as title,
            unnest($part_sizes::double[]) as pack_size
    ) as parts
    inner join staged.goods_found as whole on whole.good = parts.part_of
),
told as (
    select
        unnest($told::integer[]) as good,
        unnest($short_name::varchar[]) as short_name,
        unnest($family::varchar[]) as family,
        unnest($kind::varchar[]) as kind,
        unnest($pack_size::double[]) as pack_size,
        unnest($days_per_pack::double[]) as days_per_pack,
        unnest($cost::double[]) as cost
),
made_of as (
    select
        assigned.good,
        count(distinct source.code) as codes,
        count(distinct source.title) as titles,
        count(distinct source.variant) as variants,
        sum(source.lines) as lines
    from assigned
    inner join staged.goods as source on source.product_key = assigned.product_key
    group by assigned.good
),
named as (
    select
        found.*,
        coalesce(told.short_name, found.title) as product,
        told.short_name,
        told.family as own_family,
        told.kind as own_kind,
        told.pack_size as own_pack_size,
        told.days_per_pack,
        told.cost,
        made_of.codes,
        made_of.titles,
        made_of.variants,
        made_of.lines
    from found
    inner join made_of on made_of.good = found.good
    left join told on told.good = found.good
)
select
    good,
    product_id,
    product || case when count(*) over (partition by product) > 1 then ' (' || product_id || ')' else '' end as product,
    title,
    short_name,
    coalesce(own_family, family) as family,
    own_family is null and family is not null as family_guessed,
    coalesce(own_kind, kind) as kind,
    own_kind is null and kind <> '' as kind_guessed,
    coalesce(own_kind, kind) not in ('gift', 'none') as counts,
    coalesce(own_pack_size, pack_size) as pack_size,
    own_pack_size is null and pack_size is not null as pack_size_guessed,
    days_per_pack,
    cost,
    codes,
    titles,
    variants,
    lines
from named
