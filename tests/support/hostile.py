"""A shop whose every text would like to be something else: Markdown, HTML, a link, a picture, an icon, a colour, a formula.

Names end in a word of their own (FILE, PRODUCT …), so that a test can tell which of them got through.
"""

from __future__ import annotations

import csv
import io

from tests.support.review_rows import review, reviews_csv
from tests.support.rows import order, shopify_csv

HOST = "evil.example"
MARKUP = (
    "<a href='https://{host}/{word}'>A{word}</a><img src='https://{host}/{word}.png' onerror='window.hurt=1'>"
    " ![P{word}](https://{host}/p.png) [L{word}](https://{host}/l) **B{word}** <b>H{word}</b> `C{word}` :red[R{word}] :material/skull: "
    ":streamlit: $M{word}^2$ https://{host}/u www.{host} me@{host} -> =1+1 {word}"
)
"""As one line, wherever it stands."""
UNTOUCHED = "[BHCRML]{word}"
"""What stands in bold, code … if a name of this word was read as markup."""


def hostile(word: str) -> str:
    """A name that is markup, with this word."""
    return MARKUP.replace("{word}", word).replace("{host}", HOST)


def files() -> list[tuple[str, bytes]]:
    """Orders of sixty customers over a year from two shops, reviews, a table of unknown layout, and a file that is none, all with hostile names."""
    first, second = (_orders(number) for number in (0, 1))
    odd = [[hostile("HEADER"), hostile("COLUMN"), "c"], [hostile("CELL"), "2", "3"], ["4", "5", "6"]]
    return [
        (f"{_file('SHOPA')}.csv", first),
        (f"{_file('SHOPB')}.csv", second),
        (f"{_file('REVIEWS')}.csv", reviews_csv(_reviews())),
        (f"{_file('UNKNOWN')}.csv", _csv(odd)),
        (f"{_file('NONE')}.csv", b"\\x00\\x01\\x02 nothing" * 40),
    ]


def _file(word: str) -> str:
    return hostile(word).replace("/", "／").replace("'", "")


def _orders(shop: int) -> bytes:
    rows = []
    for number in range(60):
        for turn in range(1 + number % 4):
            day = 1 + (number * 7 + turn * 40 + shop * 3) % 330
            rows.append(
                order(
                    f"c{number}", f"2025-{1 + day // 30:02d}-{1 + day % 28:02d}", 100 + number * (turn + 1),
                    products=(f"{hostile('PRODUCT')}{number % 5}",), city=f"{hostile('CITY')}{number % 3}",
                    coupon=f"{hostile('COUPON')}{number % 2}" if number % 3 else "", source=f"{hostile('CHANNEL')}{number % 2}",
                    status=hostile("STATUS") if number % 11 == 0 else "paid", name=f"#{shop}-{number}-{turn}",
                )
            )  # fmt: skip
    text = shopify_csv(rows).decode()
    for number in range(60):
        text = text.replace(f"c{number}@example.com", f"c{number}<b>HCUSTOMER</b>@{HOST}")
    return text.replace(",card,", f",{hostile('PAYMENT')},").encode()


def _reviews() -> list[dict[str, str]]:
    said = [
        "尺寸偏小，品質很差，線頭很多",
        "很喜歡，會再回購",
        "出貨太慢，等了三個星期",
        "Bad quality, it broke at once",
    ]
    return [
        review(
            f"c{number}", f"2025-{1 + number % 11:02d}-{1 + number % 28:02d}", 1 + number % 5, f"{said[number % 4]} {hostile('REVIEW')}",
            product=f"{hostile('PRODUCT')}{number % 5}", title=hostile("TITLE"), reply=hostile("REPLY") if number % 2 else "",
            name=hostile("REVIEWER"), number=f"r{number}",
        )
        for number in range(60)
    ]  # fmt: skip


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


FOUND = """
() => {
    const bad = [];
    const lone = one => /^[BHCRMLP][A-Z]{4,}[0-9]*$/.test((one.textContent || '').trim());
    for (const link of document.querySelectorAll('a')) {
        const to = String(link.href.baseVal ?? link.href ?? '');
        if (to.includes('evil')) bad.push('link ' + to);
    }
    for (const picture of document.querySelectorAll('img, image, video, iframe, object, embed')) {
        const from = picture.getAttribute('src') || picture.getAttribute('href') || '';
        if (from.includes('evil') || (picture.alt || '').includes('treamlit')) bad.push('picture ' + picture.outerHTML.slice(0, 200));
    }
    const kinds = 'strong, b, em, i, code, del, sup, sub, h1, h2, h3, h4, h5, h6, li, blockquote, tspan, span[style*="color"], .katex';
    for (const one of document.querySelectorAll(kinds)) {
        if (lone(one) || one.classList.contains('katex')) bad.push(one.tagName + ' ' + one.textContent.slice(0, 80));
    }
    for (const icon of document.querySelectorAll('[role="img"]')) {
        if ((icon.getAttribute('aria-label') || '').includes('skull')) bad.push('icon');
    }
    if (window.hurt) bad.push('a script ran');
    return bad;
}
"""
"""What in the page a hostile text became, as a script that a browser runs."""
