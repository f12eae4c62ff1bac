-- Macros: a phone as the digits that identify it (+886 9…, 886 9…, 09… and 9… are one; masked numbers stay recognisably masked).
-- Of two numbers in a cell the first. NULL for what names nobody: 8.86912E+11, one digit over and over, less than 7 digits, more than 15, and a
-- relay number (050…), of which each order has another. What most cells look like is tried first: patterns cost more than all else.
create or replace macro written_phone(written) as case
    when contains(written, 'E+') then null
    when ascii(written) > 32 and not ends_with(written, ' ') then written
    else nullif(trim(written), '')
end;

create or replace macro phone_number(digits) as list_transform(
    [
        case
            when starts_with(digits, '886') or starts_with(digits, '00886') then regexp_replace(digits, '^(?:00)?8860?([0-9]{8,9})$', '0\1')
            when length(digits) = 11 and starts_with(digits, '1') then right(digits, 10)
            when length(digits) = 9 and starts_with(digits, '9') then '0' || digits
            else digits
        end
    ],
    lambda number: case
        when length(number) not between 7 and 15 or replace(number, left(number, 1), '') = '' then null
        when (starts_with(number, '050') or contains(number, '000000')) and regexp_full_match(number, '0[0-9]?0{6,}|050[0-9]{8,9}') then null
        else number
    end
)[1];

create or replace macro phone_digits(written) as case
    when written is null then null
    when contains(written, '*') then '**'
    when starts_with(written, '+8869') and length(written) = 13 and try_cast(written as bigint) is not null then '0' || right(written, 9)
    when starts_with(written, '09') and length(written) = 10 and try_cast(written as bigint) is not null
        then case when written <> '0900000000' then written end
    when regexp_full_match(written, '\+?[0-9][-0-9 ]{6,14}') then phone_number(replace(replace(replace(written, '+', ''), ' ', ''), '-', ''))
    when contains(lower(written), 'e') and regexp_matches(written, '^[^0-9]{0,3}[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]+') then null
    else list_transform(
        [
            regexp_extract(
                regexp_replace(
                    case when strlen(written) > length(written) then translate(written, '０１２３４５６７８９＋（）－／', '0123456789+()-/') else written end,
                    '\.0+\W*$', ''
                ),
                '^[^0-9]*([0-9][-0-9 .()–—]*)(?:\s*(?:#|[eE][xX][tT]\.?|分機|轉)\s*([0-9]{1,6}))?',
                ['number', 'extension']
            )
        ],
        lambda found: list_transform(
            [regexp_replace(found.number, '[^0-9]', '', 'g')],
            lambda digits: list_transform(
                [
                    case
                        when length(digits) > 15
                            then coalesce(nullif(regexp_replace(regexp_extract(found.number, '^([-0-9.()]{8,20}) ', 1), '[^0-9]', '', 'g'), ''), digits)
                        else digits
                    end
                ],
                lambda told: phone_number(
                    case when length(told) > 15 then regexp_extract(told, '^(09[0-9]{8}|(?:00)?8860?9[0-9]{8})', 1) else told end
                )
            )[1] || case when found.extension <> '' then 'x' || found.extension else '' end
        )[1]
    )[1]
end
