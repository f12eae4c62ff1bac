-- Grain: one row: the days by which four of five gaps between two buying days are over (NULL: nobody has come back).
select quantile_cont(gap, 0.8) as p80
from buying_days
