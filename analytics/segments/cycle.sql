-- Grain: one row: the shop's median interval between buying days (NULL: nobody has come back), and on how many intervals it rests.
select
    count(gap) as gaps,
    quantile_cont(cast(gap as double), 0.5) as cycle
from buying_days
where gap is not null
