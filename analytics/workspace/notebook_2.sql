-- Grain: one row per what each table's own first line says. What version 2 of the notebook adds to version 1.

create table task_choices (
    -- one row per task of a week (its Monday) that the owner put away; choice: done, later (not this week), never
    task text not null,
    week text not null,
    choice text not null,
    primary key (task, week)
) strict;

create table cards (
    -- one row per card that goes into parcels (first, second, vip, apology); code: by which its return is measured
    card text primary key,
    words text,
    code text
) strict;

create table care_words (
    -- one row per product ('': any) and day after delivery: what the shop asks, advises or tells then
    product_id text not null default '',
    day integer not null,
    words text not null,
    primary key (product_id, day)
) strict;

create table playbook (
    -- one row per question or symptom: what to answer, what to recommend, what never to promise
    question text primary key,
    answer text,
    recommend text,
    never text
) strict;

create table broadcasts (
    -- one row per list sent by mail or LINE: what the tool that sent it says
    list text primary key,
    day text,
    sent integer,
    opened integer,
    clicked integer,
    blocked integer
) strict;
