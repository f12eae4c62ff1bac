-- Grain: one row per file of reviews: its rows, those kept and those left out by reason, and how those kept were joined to orders.
select
    files.name,
    files.platform,
    files.label,
    files.encoding,
    files.rows,
    count(*) filter (where reviews.reason is null and reviews.file is not null) as kept,
    count(*) filter (where reviews.reason = 'duplicate') as duplicate,
    count(*) filter (where reviews.reason = 'unreadable') as unreadable,
    count(*) filter (where reviews.reason = 'spam') as spam,
    count(*) filter (where reviews.reason is null and reviews.joined_by = 'order') as by_order,
    count(*) filter (where reviews.reason is null and reviews.joined_by = 'product') as by_product,
    count(*) filter (where reviews.reason is null and reviews.joined_by = 'date') as by_date,
    count(*) filter (where reviews.reason is null and reviews.joined_by = 'customer') as by_customer,
    count(*) filter (where reviews.reason is null and reviews.joined_by = 'none') as not_joined,
    count(*) filter (where reviews.reason is null and reviews.reviewed_at is null) as without_day,
    cast(min(reviews.reviewed_at) as date) as first,
    cast(max(reviews.reviewed_at) as date) as last,
    files.notes
from staged.review_files as files
left join staged.reviews as reviews on reviews.file = files.name
group by files.number, files.name, files.platform, files.label, files.encoding, files.rows, files.notes
order by files.number
