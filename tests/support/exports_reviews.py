"""A few reviews of a clothes shop in the layouts of eight review apps, of Shopee's page without a header row, and of two surveys.

mei, 5 stars, a title, a picture, answered · lin, 2 stars, with markup · the same again · hao, 4 stars and no words · ann, 5 stars, an
emoji · a row with a name and nothing else. Kept are mei, lin, hao and ann: 16 stars, three of them with words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Mapping[str, str]

TOLD: tuple[Row, ...] = (
    {
        "name": "美**", "email": "Mei@example.com", "rating": "5", "title": "很喜歡", "text": "質感很好，會回購",
        "at": "2025-03-02 10:12:00", "reply": "謝謝您！", "replied": "2025-03-03 09:00:00", "pictures": "https://a.example/1.jpg",
        "handle": "linen-shirt", "product": "Linen shirt", "product_id": "8210000000001", "state": "ok", "id": "r1",
    },
    {
        "name": "lin", "email": "lin@example.com", "rating": "2", "text": "尺寸偏小<br>顏色也有色差 &amp; 線頭很多",
        "at": "2025-03-31 20:00:00", "handle": "tote", "product": "Tote", "product_id": "8210000000002", "state": "ok", "id": "r2",
    },
    {
        "name": "lin", "email": "lin@example.com", "rating": "2", "text": "尺寸偏小<br>顏色也有色差 &amp; 線頭很多",
        "at": "2025-03-31 20:00:00", "handle": "tote", "product": "Tote", "product_id": "8210000000002", "state": "ok", "id": "r2",
    },
    {
        "name": "hao", "email": "hao@example.com", "rating": "4", "at": "2025-03-05 08:00:00", "handle": "tote", "product": "Tote",
        "product_id": "8210000000002", "state": "ok", "id": "r4",
    },
    {
        "name": "ann", "email": "", "rating": "5", "text": "👍👍", "at": "2025-03-06 08:00:00", "handle": "socks",
        "product": "Socks, striped", "product_id": "8210000000003", "state": "ok", "id": "r5",
    },
    {"name": "bot", "id": "r6", "handle": "socks", "product_id": "8210000000003"},
)  # fmt: skip

HEADERS = {
    "judgeme": "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls,ip_address,location",
    "judgeme_template": "title,body,rating,review_date,reviewer_name,reviewer_email,product_id,product_handle,reply,picture_urls",
    "loox": "id,status,rating,email,nickname,full_name,review,date,productId,handle,img,variant,verified_purchase",
    "loox_template": "product_handle,product_Id,rating,author,email,body,created_at,photo_url,reply,replied_at,verified_purchase,incentivized",
    "shopify_reviews": "product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at",
    "yotpo": "Review Title,Review Content,Review Score,Date,Product ID,Product Title,Product URL,Display Name,Email,Verified Purchase",
    "okendo": "name,body,handle,productId,rating,sku,dateCreated,countryCode,email,imageUrls,isApproved,isIncentivized,isRecommended,rejectedImageUrls,reply,replyDateCreated,replyIsPublic,title,videoUrls,isVerifiedBuyer,variantId,status",
    "okendo_export": "Review ID,Product ID,Product Name,Rating,Title,Body,Reviewer Name,Is Verified Buyer,Date Created,Status",
    "opinew": "body,rating,review_date,state,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls,SKU,barcode,region",
    "ryviu": "product_handle,rating,author,title,body_text,email,photo_urls,created_at,status,featured",
    "stamped": "product_id,productUrl,productImageUrl,productTitle,rating,author,body,created_at",
}  # fmt: skip
"""Layout -> its header row."""

CALLED = {
    "title": ("title", "Review Title", "Title"),
    "text": ("body", "review", "Review Content", "Body", "body_text"),
    "rating": ("rating", "Review Score", "Rating"),
    "at": ("review_date", "date", "created_at", "Date", "dateCreated", "Date Created"),
    "name": ("reviewer_name", "full_name", "author", "Display Name", "name", "Reviewer Name"),
    "email": ("reviewer_email", "email", "Email"),
    "product_id": ("product_id", "productId", "product_Id", "Product ID"),
    "product": ("Product Title", "Product Name", "productTitle"),
    "handle": ("product_handle", "handle"),
    "reply": ("reply",),
    "replied": ("reply_date", "replied_at", "replyDateCreated"),
    "pictures": ("picture_urls", "img", "photo_url", "imageUrls", "photo_urls"),
    "state": ("curated", "status", "state", "Status"),
    "id": ("id", "Review ID"),
}
"""What a review holds -> the headers that it stands under."""


def reviews(layout: str, at: str = "{}", told: Sequence[Row] = TOLD) -> list[list[str]]:
    """Header and rows of a review app's file. at: how its times are written, `{}` being `2025-03-02 10:12:00`."""
    headers = HEADERS[layout].split(",")
    called = {header: what for what, names in CALLED.items() for header in names}
    return [headers, *([_cell(row, called.get(header, ""), at) for header in headers] for row in told)]


def _cell(row: Row, what: str, at: str) -> str:
    value = row.get(what, "")
    return at.format(value) if what in {"at", "replied"} and value else value


def with_spam(layout: str, at: str) -> list[list[str]]:
    """The same and one more, which the shop's owner marked as spam."""
    spam = {
        "name": "x",
        "rating": "1",
        "text": "buy followers",
        "at": "2025-03-07 08:00:00",
        "state": "spam",
        "handle": "tote",
    }
    return reviews(layout, at, [*TOLD, spam])


def days_first(layout: str) -> list[list[str]]:
    """The same with days such as 31/03/2025 and no clock."""
    told = [{**row, "at": "/".join(reversed(row["at"][:10].split("-")))} if "at" in row else row for row in TOLD]
    return reviews(layout, told=told)


def shopee_page() -> str:
    """What a script copies from Shopee's page: no header, tabs, quotation marks as letters, local times.

    mei, 5 · lin, 2, a mark at the start · the same again · hao, two goods of one order, 5 stars and no words each · ann, 4, unknown order
    """
    rows = [
        ["2025/3/2 下午1:05:00", "mei_0912", "250301TEA000A1", "5", "出貨快，品質好"],
        ["2025/3/31 上午12:15:30", "lin_chen", "250302TEA000A2", "2", '"等了一個月'],
        ["2025/3/31 上午12:15:30", "lin_chen", "250302TEA000A2", "2", '"等了一個月'],
        ["2025/3/5 下午11:59:59", "hao.tea", "250303TEA000A3", "5", ""],
        ["2025/3/5 下午11:59:59", "hao.tea", "250303TEA000A3", "5", ""],
        ["2025/3/6 上午9:00:00", "ann", "", "4", "還可以，\"普通\""],
    ]  # fmt: skip
    return "".join("\t".join(row) + "\n" for row in rows)


def survey() -> list[list[str]]:
    """Would you recommend us? 6 promoters, 2 passives, 2 detractors: NPS 40. One row is blank but for its day."""
    scores = [10, 10, 9, 9, 10, 9, 8, 7, 6, 0]
    rows = [
        [f"2025/3/{2 + n}", f"buyer{n}@example.com", str(score), "很好" if score > 8 else ""]
        for n, score in enumerate(scores)
    ]
    return [["填寫日期", "電子郵件", "推薦分數", "原因"], *rows, ["2025/3/31", "", "", ""]]


def survey_en() -> list[list[str]]:
    """The same question in English; a score of 11 is none."""
    rows = [
        ["2025-03-02", "a@example.com", "9", "Fast delivery"],
        ["2025-03-03", "b@example.com", "11", "It broke"],
        ["2025-03-04", "", "4", ""],
    ]
    return [["date", "email", "score", "comment"], *rows]
