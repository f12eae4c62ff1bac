-- Grain: one row per row of the files of reviews, tied to its order, customer and product, with the reason, if any, why it does not count.
-- joined_by: order (its order number), product (the writer's latest order of that product before it), date (the writer's latest order
-- before it), customer (the writer is known, but not the order), none.
with numbered as (
    select
        *,
        row_number() over (
            order by
                file_number,
                reviewed_at nulls first,
                review_id nulls first,
                writer nulls first,
                order_ref nulls first,
                thing nulls first,
                rating nulls first,
                score nulls first,
                text nulls first,
                reply nulls last,
                replied_at nulls last,
                line
        ) as review_key
    from (
        select
            *,
            coalesce(account, email, phone, order_ref, name) as writer,
            coalesce(product_id, handle, product, sku) as thing
        from staged.reviews_read
    )
),
alike as (
    select
        *,
        row_number() over (partition by file, writer, order_ref, rating, score, reviewed_at, text, thing order by review_key) as nth_alike,
        row_number() over (
            partition by writer, order_ref, rating, score, reviewed_at, text, thing order by reply is null, review_key
        ) as nth_ever
    from numbered
),
told_apart as (
    select
        *,
        coalesce(
            review_id,
            left(md5(concat_ws(chr(31), coalesce(writer, ''), coalesce(order_ref, ''), coalesce(thing, ''), coalesce(text, ''), rating, score, reviewed_at, nth_ever)), 12)
        ) as id,
        row_number() over (partition by platform, coalesce(review_id, cast(review_key as varchar)) order by reply is null, review_key) as nth_of_id,
        row_number() over (
            partition by
                coalesce(writer, cast(review_key as varchar)),
                order_ref,
                thing,
                text,
                cast(reviewed_at as date),
                case when text is null then concat_ws(chr(31), rating, score, reviewed_at, case when thing is null then nth_alike end) end
            order by reply is null, review_key
        ) as nth_of_words
    from alike
),
live as (
    select
        order_key,
        platform,
        shop,
        ltrim(order_id, '#') as order_ref,
        customer_id,
        ordered_at,
        reason
    from staged.checked
    where order_id is not null
        and reason is distinct from 'superseded'
),
shops as (
    select case when count(distinct shop) = 1 then min(shop) end as only_one
    from live
),
people as (
    select
        who.kind,
        who.value,
        min(customer_id) as customer_id
    from (
        select customer_id, unnest([
            {'kind': 'account', 'value': account}, {'kind': 'email', 'value': email}, {'kind': 'phone', 'value': phone_digits(phone)}
        ]) as who
        from staged.checked
        where customer_id is not null
    )
    where who.value is not null and who.value not like '%**%'
    group by who.kind, who.value
    having count(distinct customer_id) = 1
),
writers as (
    select
        told_apart.*,
        coalesce(by_account.customer_id, by_email.customer_id, by_phone.customer_id) as writer_id
    from told_apart
    left join people as by_account on by_account.kind = 'account' and by_account.value = told_apart.account
    left join people as by_email on by_email.kind = 'email' and by_email.value = told_apart.email
    left join people as by_phone on by_phone.kind = 'phone' and by_phone.value = told_apart.phone
),
numbers_found as (
    select
        writers.review_key,
        live.order_key,
        coalesce(live.customer_id = writers.writer_id, false) as by_its_customer,
        row_number() over (
            partition by writers.review_key
            order by coalesce(live.customer_id = writers.writer_id, false) desc, live.ordered_at, live.order_ref, live.order_key
        ) as choice,
        count(*) over (partition by writers.review_key) as choices
    from writers
    inner join live
        on live.order_ref = writers.order_ref
        and (writers.shop is null or live.shop = writers.shop)
),
by_number as (
    select review_key, order_key
    from numbers_found
    where choice = 1 and (choices = 1 or by_its_customer)
),
candidates as (
    select
        writers.review_key,
        writers.thing,
        live.order_key,
        live.order_ref,
        live.ordered_at
    from writers
    inner join live
        on live.customer_id = writers.writer_id
        and (writers.shop is null or live.shop = writers.shop)
        and coalesce(live.ordered_at <= writers.reviewed_at, true)
        and coalesce(live.reason, '') not in ('cancelled', 'unpaid', 'unreadable')
    where writers.review_key not in (select review_key from by_number)
),
by_date as (
    select review_key, arg_max(order_key, (ordered_at, order_ref, order_key)) as order_key
    from candidates
    group by review_key
),
goods as (
    select
        lines.order_key,
        case when live.platform = 'shopify' then regexp_replace(lines.product, ' - [^-]*$', '') else lines.product end as title,
        lines.product,
        lines.product_id,
        lines.sku
    from staged.lines as lines
    inner join live on live.order_key = lines.order_key
    where lines.product is not null
),
catalogue as (
    select distinct
        title,
        unnest([
            title,
            product,
            product_id,
            sku,
            case when regexp_full_match(title, '[\x20-\x7e]+') then trim(regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g'), '-') end
        ]) as called
    from goods
),
called_so as (
    select called, min(title) as title
    from catalogue
    where called <> ''
    group by called
    having count(distinct title) = 1
),
seen_in as (
    select
        writers.thing,
        goods.title,
        count(distinct writers.review_key) as reviews
    from writers
    inner join (
        select review_key, order_key from by_number
        union all
        select review_key, order_key from by_date
    ) as found on found.review_key = writers.review_key
    inner join goods on goods.order_key = found.order_key
    where writers.thing is not null
    group by writers.thing, goods.title
),
learned as (
    select
        thing,
        case when max(reviews) >= 2 and max(reviews) > coalesce(max(reviews, 2)[2], 0) then arg_max(title, (reviews, title)) end as title
    from seen_in
    group by thing
),
named as (
    select
        writers.review_key,
        coalesce(by_title.title, by_id.title, by_sku.title, by_handle.title, learned.title) as title
    from writers
    left join called_so as by_title on by_title.called = writers.product
    left join called_so as by_id on by_id.called = writers.product_id
    left join called_so as by_sku on by_sku.called = writers.sku
    left join called_so as by_handle on by_handle.called = writers.handle
    left join learned on learned.thing = writers.thing
),
by_product as (
    select candidates.review_key, arg_max(candidates.order_key, (candidates.ordered_at, candidates.order_ref, candidates.order_key)) as order_key
    from candidates
    inner join named on named.review_key = candidates.review_key
    inner join goods on goods.order_key = candidates.order_key and goods.title = named.title
    group by candidates.review_key
),
joined as (
    select
        writers.review_key,
        coalesce(by_number.order_key, by_product.order_key, by_date.order_key) as order_key,
        case
            when by_number.order_key is not null then 'order'
            when by_product.order_key is not null then 'product'
            when by_date.order_key is not null then 'date'
            when writers.writer_id is not null then 'customer'
            else 'none'
        end as joined_by
    from writers
    left join by_number on by_number.review_key = writers.review_key
    left join by_product on by_product.review_key = writers.review_key
    left join by_date on by_date.review_key = writers.review_key
),
alone as (
    select joined.review_key, min(goods.title) as title
    from joined
    inner join goods on goods.order_key = joined.order_key
    group by joined.review_key
    having count(distinct goods.title) = 1
)
select
    writers.review_key,
    writers.id as review_id,
    joined.order_key,
    joined.joined_by,
    writers.order_ref,
    coalesce(live.customer_id, writers.writer_id) as customer_id,
    writers.name,
    writers.product_id,
    coalesce(named.title, alone.title, writers.product, writers.handle, writers.product_id) as product,
    writers.variant,
    writers.rating,
    writers.score,
    writers.text,
    writers.reviewed_at,
    writers.reply,
    writers.replied_at,
    writers.pictures,
    writers.platform,
    coalesce(live.shop, writers.shop, shops.only_one) as shop,
    writers.file,
    case
        when writers.text is null and writers.rating is null and writers.score is null then 'unreadable'
        when writers.state = 'spam' then 'spam'
        when writers.nth_of_id > 1 or writers.nth_of_words > 1 then 'duplicate'
    end as reason
from writers
cross join shops
inner join joined on joined.review_key = writers.review_key
inner join named on named.review_key = writers.review_key
left join alone on alone.review_key = writers.review_key
left join live on live.order_key = joined.order_key
order by writers.review_key
