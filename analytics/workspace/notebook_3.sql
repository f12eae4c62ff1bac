-- Grain: one row per what each table's own first line says. What version 3 of the notebook changes: words of care have a place, the playbook speaks of products, and of a file is kept
-- whether its dates such as 03/04 begin with the day or the month.

alter table files_told add column date text;

create table care_words_3 (
    -- one row per product ('': any), day after delivery and slot (question, tip, story): what the shop asks, advises or tells then
    product_id text not null default '',
    day integer not null,
    slot text not null default 'question',
    words text not null,
    primary key (product_id, day, slot)
) strict;

insert into care_words_3 (product_id, day, words) select product_id, day, words from care_words;

drop table care_words;

alter table care_words_3 rename to care_words;

create table playbook_3 (
    -- one row per question or symptom and product ('': any): what to answer and how, what to recommend, what never to promise
    question text not null,
    product_id text not null default '',
    answer text,
    recommend text,
    tone text,
    never text,
    primary key (question, product_id)
) strict;

insert into playbook_3 (question, answer, recommend, never) select question, answer, recommend, never from playbook;

drop table playbook;

alter table playbook_3 rename to playbook;
