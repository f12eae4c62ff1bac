-- Grain: one row per review that counts in this view of the shop.
-- product_id and product are those that lines are grouped into, where the shop's orders know the product of a review.
-- in_period: not before the start of the period, as for orders; a review without a day is in no period but the whole one.
with left_out as (
    select distinct customer_id
    from staged.checked
    where customer_id in (select customer_id from staged.reviews)
        and ordered_at is not null
        and (reason is null or list_contains($include::varchar[], reason))
        and not (means = 'unlisted' and list_contains($leave_out_statuses::varchar[], status))
        and order_key not in (
            select order_key from staged.unknown_returns where list_contains($leave_out_statuses::varchar[], return_status)
        )
        and (len($shops::varchar[]) = 0 or list_contains($shops::varchar[], shop))
        and cast(ordered_at as date) <= $end
        and customer_id not in (select customer_id from orders where customer_id is not null)
),
called as (
    select
        goods.good,
        unnest([
            source.title, source.full_title, regexp_replace(source.full_title, ' - [^-]*$', ''), goods.source_product_id
        ]) as name
    from goods
    inner join staged.goods as source on source.product_key = goods.product_key
),
named as (
    select
        name,
        min(good) as good
    from called
    group by name
    having count(distinct good) = 1
)
select
    reviews.review_key,
    reviews.review_id,
    orders.order_key,
    reviews.joined_by,
    reviews.order_ref,
    reviews.customer_id,
    reviews.name,
    coalesce(products.product_id, reviews.product_id) as product_id,
    coalesce(products.product, reviews.product) as product,
    reviews.variant,
    reviews.rating,
    reviews.score,
    reviews.text,
    reviews.reviewed_at,
    reviews.reply,
    reviews.replied_at,
    reviews.pictures,
    reviews.platform,
    reviews.shop,
    reviews.file,
    coalesce(cast(reviews.reviewed_at as date) >= $start, $start = date '0001-01-01') as in_period
from staged.reviews as reviews
left join orders on orders.order_key = reviews.order_key
left join left_out on left_out.customer_id = reviews.customer_id
left join named on named.name = reviews.product
left join products on products.good = named.good
where reviews.reason is null
    and left_out.customer_id is null
    and (len($shops::varchar[]) = 0 or list_contains($shops::varchar[], reviews.shop))
    and coalesce(cast(reviews.reviewed_at as date) <= $reviews_end, $reviews_end = date '9999-12-31')
order by reviews.reviewed_at, reviews.review_key
