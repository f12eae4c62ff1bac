-- Grain: one row per way in which orders of one export came about: what files say of many orders in the same words.
-- paid_out: cancelled, for a reason for which the platform pays the shop (a lost parcel).
with texts as (
    select
        *,
        nullif(trim(status, E' \t'), '') as status_text,
        lower(nullif(trim(status, E' \t'), '')) as status_word,
        nullif(nullif(trim(return_status, E' \t'), ''), '-') as return_text,
        lower(nullif(nullif(trim(return_status, E' \t'), ''), '-')) as return_word
    from raw_contexts
)
select
    context_key,
    snapshot,
    file,
    file_number,
    $platform as platform,
    coalesce(nullif(trim(shop), ''), file_shop) as shop,
    nullif(trim(shop), '') is not null or shop_told as shop_told,
    status_text as status,
    coalesce(
        list_contains($cancelled::varchar[], status_word)
        and list_contains(list_transform($counts_when_reason_contains::varchar[], lambda word: contains(lower(cancel_reason), word)), true), false
    ) as paid_out,
    case
        when status_word is null or list_contains($counts::varchar[], status_word) then 'counts'
        when list_contains(list_transform($counts_containing::varchar[], lambda word: contains(status_word, word)), true) then 'counts'
        when paid_out then 'counts'
        when list_contains($cancelled::varchar[], status_word) then 'cancelled'
        when list_contains($refunded::varchar[], status_word) then 'refunded'
        when list_contains($unpaid::varchar[], status_word) then 'unpaid'
        else 'unlisted'
    end as means,
    status_text is null and $must as no_status,
    nullif(nullif(trim(cancel_reason), ''), '-') as cancel_reason,
    return_text as return_status,
    case
        when return_word is null or len($returned::varchar[]) = 0 then 'none'
        when list_contains(list_transform($not_returned::varchar[], lambda word: contains(return_word, word)), true) then 'open'
        when list_contains(list_transform($returned::varchar[], lambda word: contains(return_word, word)), true) then 'returned'
        else 'unlisted'
    end as return_means,
    nullif(trim(payment), '') as payment,
    nullif(trim(city), '') as city,
    nullif(trim(channel), '') as channel,
    nullif(trim(marketing), '') as marketing,
    coalesce(currency_code(currency), $currency) as currency
from texts
