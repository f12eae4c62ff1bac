"""Around the text model: topics, questions, replies, paid-review wording, NPS, and the command line."""

import io
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import InputError, TooLittleData
from analytics.reviews import cli, nps, replies
from analytics.reviews.questions import questions
from analytics.reviews.score import score
from analytics.reviews.topics import COHERENT, buyers_words, topics, words_of
from tests.support.workbooks import saved_workbook


def test_nps_of_six_two_two():
    found = nps.nps([10] * 6 + [8] * 2 + [3] * 2)
    assert found.score == pytest.approx(40)
    assert found.error == pytest.approx(25.3, abs=0.05)
    assert (found.happy, found.between, found.unhappy, found.n) == (6, 2, 2, 10)
    assert found.low == pytest.approx(-9.6, abs=0.05)
    assert found.high == pytest.approx(89.6, abs=0.05)


def test_nps_ends_are_9_and_6_and_missing_answers_do_not_count():
    assert nps.nps([9, 7, 6, np.nan]).score == pytest.approx(0)
    assert nps.nps([9, 7, 6, np.nan]).n == 3


def test_star_balance_counts_three_stars_against():
    assert nps.star_balance([5, 5, 4, 3]).score == pytest.approx(25)


def test_nps_refuses_other_scales_and_nothing():
    with pytest.raises(TooLittleData, match="from 0 to 10"):
        nps.nps([100, 80])
    with pytest.raises(TooLittleData, match="no score"):
        nps.nps([np.nan])


@given(st.lists(st.integers(0, 10), min_size=1, max_size=50))
def test_nps_stays_in_its_range_whatever_the_order(answers):
    found = nps.nps(answers)
    assert -100 <= found.low <= found.score <= found.high <= 100
    assert found == nps.nps(sorted(answers))


def test_copy_paste_ignores_greeting_names_numbers_and_emoji():
    found = replies.copy_paste(
        ["親愛的小明您好，謝謝您的支持！", "阿美您好，謝謝您的支持😊", "很抱歉，馬上為您補寄", None, ""]
    )
    assert (found.replies, found.share) == (3, pytest.approx(2 / 3))
    assert found.repeated["times"].tolist() == [2]
    assert np.isnan(replies.copy_paste([]).share)


@pytest.mark.parametrize(
    "text",
    [
        "好評返現10元",
        "五星好評送小禮物",
        "給五星並截圖給客服，領購物金20元",
        "留下正評就送50元優惠券",
        "Leave a 5-star review and get a $5 gift card",
    ],
)
def test_offers_for_good_reviews_are_flagged(text):
    assert replies.offers_reward(text)


@pytest.mark.parametrize(
    "text", ["謝謝您的五星好評！", "隨單附上小禮物，歡迎留下真實心得", "Thanks for your review", "", None]
)
def test_thanks_and_gifts_to_all_are_not(text):
    assert not replies.offers_reward(text)


def test_the_alternative_offers_nothing():
    for language in ("zh_TW", "en"):
        assert not replies.offers_reward(replies.neutral_invitation(language))


def test_drafts_fit_label_aspect_segment_and_differ_from_their_neighbour():
    reviews = score(["出貨太慢了", "好好用", "還可以"] + ["推薦"] * 40)
    reviews["segment"] = ["new", "loyal", "new"] + [""] * 40
    written = replies.drafts(reviews, shop="小舖")
    assert "出貨" in written[0] or "等這麼久" in written[0]
    assert not any(line in written[0] for line in replies.templates()["zh_TW"]["segments"]["new"])
    assert any(line in written[1] for line in replies.templates()["zh_TW"]["segments"]["loyal"])
    assert any(line in written[2] for line in replies.templates()["zh_TW"]["segments"]["new"])
    assert all(one != two for one, two in zip(written, written[1:], strict=False))
    assert "{" not in "".join(written)
    assert replies.copy_paste(written[3:]).share < 0.5


def test_nothing_is_claimed_of_a_product_but_what_the_owner_wrote():
    """A good review of a dress used to be answered with “keep it in a cool, dry place”."""
    for language in ("zh_TW", "en"):
        assert not replies.templates()[language]["products"]
        assert "extra" not in replies.templates()[language]["positive"]
    reviews = pd.DataFrame(
        {
            "label": ["positive", "positive", "negative"] * 8,
            "product": ["【山嵐】日日順益生菌 45包", "杯子", "日日順益生菌"] * 8,
        }
    )
    for reply in replies.drafts(reviews):
        assert not re.search("陰涼|配件|壽命|試了好多版本|當天理貨|更穩定", reply)
    toml = replies.TEMPLATES.read_text("utf-8").replace(
        "\n[zh_TW.products]\n", '\n[zh_TW.products]\n"益生菌" = ["早上配溫水吃最順口。"]'
    )
    written = replies.drafts(reviews, table=replies.parse(toml))
    assert ["早上配溫水" in reply for reply in written] == [True, False, False] * 8


def test_drafts_in_english_and_by_name():
    reviews = pd.DataFrame({"label": ["negative"], "aspects": ["quality:negative"], "name": ["Ann"]})
    (reply,) = replies.drafts(reviews, language="en")
    assert "Ann" in reply
    assert re.search("photo|write to us", reply)


def test_an_english_draft_without_a_name_calls_nobody_you():
    reviews = pd.DataFrame({"label": list(replies.LABELS) * 10})
    openings = {reply.split(".")[0].split("!")[0] for reply in replies.drafts(reviews, language="en")}
    assert openings >= {
        "We are sorry",
        "We apologise for this experience",
        "This should not have happened",
        "Thank you",
    }
    assert not any(opening.endswith(" you") and opening != "Thank you" or opening.endswith(",") for opening in openings)


@pytest.mark.parametrize("language", ["zh_TW", "en"])
def test_no_draft_tells_of_deeds_or_of_one_platform(language):
    lines = str(replies.templates()[language])
    assert not [word for word in ("聊聊", "已經", "追查", "查原因", "looking into", "has taken") if word in lines]


def test_an_owners_template_file_is_checked():
    with pytest.raises(InputError, match="no readable template file"):
        replies.parse("[zh_TW", "mine.toml")
    with pytest.raises(InputError, match="mine.toml has no openings"):
        replies.parse("[zh_TW.positive]\ndefault = ['a']", "mine.toml")


def test_questions_are_grouped_into_an_faq_and_blame_is_left_out():
    found = questions(["請問有M號嗎？", "身高160要拿幾號？很喜歡", "保固多久？", "這是給人吃的嗎？", "很好用"])
    assert found.asked["group"].tolist() == ["size", "size", "returns"]
    assert found.asked["review"].tolist() == [0, 1, 2]
    assert found.faq[["group", "questions"]].values.tolist() == [["size", 2], ["returns", 1]]
    assert "M號" in found.faq["examples"][0]


def test_a_question_that_fits_no_group_stands_for_itself():
    found = questions(["請問老闆是哪裡人嗎？", "請問老闆是哪裡人呢？", "請問可以代客送花嗎？", "保固多久？"])
    titles = dict(zip(found.faq["title"], found.faq["questions"], strict=True))
    assert titles["請問老闆是哪裡人嗎？"] == 2, titles
    assert titles["請問可以代客送花嗎？"] == 1
    assert "其他問題" not in titles


def test_questions_of_nothing():
    assert questions([]).asked.empty
    assert questions(["很好", "", None]).faq.empty


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_words_questions_and_replies_take_any_text(texts):
    questions(texts)
    replies.copy_paste(texts)
    buyers_words(texts)
    for text in texts:
        replies.offers_reward(text)


def test_words_keep_the_buyers_own_spelling():
    assert words_of("這件衣服的質料很舒服") == ["這件", "衣服", "質料", "舒服"]


def said(*clauses):
    return pd.DataFrame(
        {"review_key": range(len(clauses)), "clause": clauses, "text": [f"{clause}。" for clause in clauses]}
    )


def test_topics_tell_two_subjects_apart_with_a_label_and_examples():
    late = [f"等了{n}天才出貨" for n in range(3, 23)]
    small = [f"版型偏小，{n}號穿不下" for n in range(20, 40)]
    found = topics(said(*late, *small))
    assert set(found.topics["label"]) <= {*late, *small}
    assert len(found.topics) >= 2
    for _topic, members in found.examples.groupby("topic"):
        assert len(set(members["review"] < 20)) == 1
        assert 1 <= len(members) <= 3
        assert all(clause in text for clause, text in zip(members["clause"], members["text"], strict=True))
    assert found.topics["coherence"].min() >= COHERENT
    assert found.topics.equals(topics(said(*late, *small)).topics)


def test_clauses_that_say_nothing_alike_are_no_topic():
    alone = [
        "杯子裂了",
        "司機沒來",
        "顏色太螢光",
        "吃起來死鹹",
        "客服沒回",
        "褲子太短",
        "充不進電",
        "貴到不行",
        "睡了背痛",
        "漏水",
    ]
    found = topics(said(*(f"{clause}{end}" for clause in alone for end in ("", "！", "啊"))))
    assert (found.topics["reviews"] <= 6).all()
    assert len(found.topics) >= 5


def test_too_few_reviews_have_no_topics():
    with pytest.raises(TooLittleData, match="at least 30"):
        topics(said(*["很好"] * 5))


def test_words_buyers_use_are_counted_by_review():
    found = buyers_words(["質料舒服，真的舒服", "質料很好", ""])
    assert found.values.tolist() == [["質料", 2, 0], ["舒服", 1, 0]]


def test_command_line_adds_four_columns(tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text('編號,評價內容,星數\n1,"出貨快，好用",5\n2,很爛,1\n3,,4\n', encoding="utf-8")
    out = io.StringIO()
    cli.run(path, "評價內容", out)
    written = pd.read_csv(io.StringIO(out.getvalue()))
    assert written.columns.tolist() == ["編號", "評價內容", "星數", "language", "p_positive", "label", "aspects"]
    assert written["label"].tolist() == ["positive", "negative", "positive"]
    assert written["aspects"][0] == "shipping:positive;quality:positive"


def test_command_line_reads_big5_tabs_and_names_the_columns_there_are(tmp_path):
    path = tmp_path / "reviews.tsv"
    path.write_bytes("店名\t留言\n甲\t東西很好用，下次再買\n".encode("cp950"))
    assert cli.run(path, None, tmp_path / "out.csv")["label"].tolist() == ["positive"]
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(InputError, match="has no column body: choose one of 店名, 留言"):
        cli.run(path, "body", io.StringIO())
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(InputError, match="is empty"):
        cli.run(tmp_path / "empty.csv", None, io.StringIO())


def test_command_line_reads_a_workbook_and_commas_in_a_lone_column(tmp_path):
    (tmp_path / "reviews.xlsx").write_bytes(saved_workbook([["評價內容", "星數"], ["很爛，一用就壞", "1"], ["", "5"]]))
    assert cli.run(tmp_path / "reviews.xlsx", None, io.StringIO())["label"].tolist() == ["negative", "positive"]
    (tmp_path / "bare.csv").write_text("text\n好用, 很喜歡, 會回購\n很爛, 不推\n", encoding="utf-8")
    assert cli.run(tmp_path / "bare.csv", None, io.StringIO())["text"].tolist() == [
        "好用, 很喜歡, 會回購",
        "很爛, 不推",
    ]
