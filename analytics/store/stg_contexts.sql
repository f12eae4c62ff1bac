-- Grain: one row per way in which orders of one export came about: what files say of many orders in the same words.
with texts as (
    select
        *,
        nullif(trim(status, E' \t'), '') as status_text
    from raw_contexts
)
select
    context_key,
    snapshot,
    file,
    $platform as platform,
    coalesce(nullif(trim(shop), ''), file_shop) as shop,
    status_text as status,
    case
        when status_text is null or list_contains($counts::varchar[], status_text) then 'counts'
        when list_contains(list_transform($counts_containing::varchar[], lambda word: contains(status_text, word)), true) then 'counts'
        when list_contains($cancelled::varchar[], status_text)
            and list_contains(list_transform($counts_when_reason_contains::varchar[], lambda word: contains(cancel_reason, word)), true) then 'counts'
        when list_contains($cancelled::varchar[], status_text) then 'cancelled'
        when list_contains($refunded::varchar[], status_text) then 'refunded'
        when list_contains($unpaid::varchar[], status_text) then 'unpaid'
        else 'unlisted'
    end as means,
    nullif(trim(payment), '') as payment,
    nullif(trim(city), '') as city,
    nullif(trim(channel), '') as channel,
    nullif(trim(marketing), '') as marketing,
    coalesce(nullif(upper(trim(currency)), ''), $currency) as currency
from texts
