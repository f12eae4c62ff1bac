-- Macros: a phone as the digits that identify it (+886 9… and 09… are one; masked numbers stay recognisably masked).
create or replace macro phone_digits(written) as case
    when contains(written, '*') then '**'
    when starts_with(written, '+8869') and length(written) = 13 and try_cast(written as bigint) is not null then '0' || right(written, 9)
    when starts_with(written, '09') and length(written) = 10 and try_cast(written as bigint) is not null then written
    when length(regexp_replace(written, '[^0-9]', '', 'g')) < 6 then null
    else regexp_replace(
        regexp_replace(regexp_replace(written, '[^0-9]', '', 'g'), '^(00)?8860?(\d{8,9})$', '0\2'),
        '^1(\d{10})$', '\1'
    )
end
