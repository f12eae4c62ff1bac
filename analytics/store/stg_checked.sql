-- Grain: one row per order of one export: its own fields and those of its context.
select
    facts.* exclude (context_key, reason),
    contexts.* exclude (context_key, paid_out),
    facts.reason
from staged.order_facts as facts
inner join staged.contexts as contexts on contexts.context_key = facts.context_key
