"""The text model: what it says of sentences anyone can judge, what it promises for any string, and its measured floors."""

import csv
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from analytics.reviews import grammar, model, negation, train
from analytics.reviews.aspects import ASPECTS
from analytics.reviews.corpora import uci
from analytics.reviews.score import analyse, complains_clearly, for_shares, labels_from_stars, score
from analytics.reviews.text import clauses, clean, fold

SENTENCES = Path(__file__).parent


def rows(name):
    with (SENTENCES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def label_of(text):
    return score([text])["label"][0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("出貨快，包裝完整，推薦賣家", "positive"),
        ("用一次就壞了，客服已讀不回", "negative"),
        ("普普通通，還可以", "neutral"),
        ("東西很好用，但是態度超差", "mixed"),
        ("Great quality, fast shipping!", "positive"),
        ("Stopped working after two days, do not buy", "negative"),
        ("It's okay, nothing special", "neutral"),
    ],
)
def test_labels_a_reader_agrees_with(text, label):
    assert label_of(text) == label


@pytest.mark.parametrize("adjective", ["難吃", "貴", "刺鼻", "油膩", "卡", "吵", "悶熱", "粗糙"])
def test_a_negated_fault_is_praise(adjective):
    fault, none = score([f"很{adjective}", f"不會{adjective}"])["p_positive"]
    assert fault < 0.4 < 0.6 < none


@pytest.mark.parametrize("adjective", ["好吃", "新鮮", "耐用", "舒服", "漂亮", "推薦", "划算"])
def test_a_negated_merit_is_blame(adjective):
    merit, none = score([f"很{adjective}", f"不{adjective}"])["p_positive"]
    assert none < 0.4 < 0.6 < merit


def test_traditional_and_simplified_read_alike():
    traditional, simplified = score(["質量很好，發貨快，下次還會買", "质量很好，发货快，下次还会买"])["p_positive"]
    assert traditional == simplified


def test_aspects_come_with_the_clause_that_says_so():
    found = analyse(["出貨很快，但是包裝破爛，衣服尺寸剛剛好"]).mentions
    said = {(mention.aspect, mention.polarity, mention.clause) for mention in found.itertuples()}
    assert {
        ("shipping", "positive", "出貨很快"),
        ("packing", "negative", "但是包裝破爛"),
        ("size", "positive", "衣服尺寸剛剛好"),
    } <= said


def test_a_clause_that_only_names_an_aspect_is_read_with_the_next():
    found = analyse(["出貨速度 非常快"]).mentions
    assert found[["aspect", "polarity", "clause"]].values.tolist() == [["shipping", "positive", "出貨速度 非常快"]]


def test_languages():
    texts = [
        "很好",
        "very good",
        "とても良いです",
        "barang bagus cepat sampai",
        "giao hàng nhanh",
        "👍👍",
        "",
        "123",
        None,
    ]
    found = score(texts)
    assert found["language"].tolist() == ["zh", "en", "other", "other", "other", "none", "none", "none", "none"]
    assert found["p_positive"].isna().tolist() == [False, False, True, True, True, False, True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "Produto muito bom, chegou antes do prazo",
        "nao gostei do produto, veio quebrado",
        "no me gusta",
        "muy bueno, super recomendado",
        "Sangat puas hati dengan barang ini",
        "tres bien, livraison rapide",
        "ang ganda po",
    ],
)
def test_other_languages_in_latin_letters_are_not_english(text):
    assert score([text])["language"][0] == "other"


@pytest.mark.parametrize("text", ["no good", "A bit small but ok", "do not buy", "nice", "It is as described"])
def test_short_english_stays_english(text):
    assert score([text])["language"][0] == "en"


def test_a_clause_of_facts_makes_no_review_mixed():
    texts = ["很好吃，真的很推，長度38公分", "超好用，非常推薦，星期三買的", "爛透了，難用，不推，110V"]
    assert "mixed" not in score(texts)["label"].tolist()


def test_a_clause_of_which_nothing_is_known_says_nothing():
    facts = analyse(["尺寸ψψψ"]).mentions
    assert facts.p_positive.between(0.3, 0.7).all()


def test_variant_characters_read_as_what_they_stand_for():
    assert fold("讃") == fold("讚")
    assert fold("値得") == fold("值得")
    assert label_of("讃") == label_of("讚") == "positive"


def test_stars_speak_only_where_the_text_cannot():
    found = score(["とても良い", "", "很好吃", "很難吃"], [2, 4, 1, 5])
    assert found["label"].tolist() == ["negative", "positive", "positive", "negative"]
    assert score([""])["label"].tolist() == [None]
    assert labels_from_stars([1, 2, 3, 4, 5, np.nan]).tolist() == [
        "negative",
        "negative",
        "neutral",
        "positive",
        "positive",
        None,
    ]


def test_shares_are_shifted_and_keep_their_order():
    raw = np.array([0.0, 0.2, 0.5, 0.9, 1.0, np.nan])
    shifted = for_shares(raw)
    assert (np.diff(shifted[:5]) > 0).all()
    assert shifted[2] == pytest.approx(1 / (1 + np.exp(-3.45)))
    assert np.isnan(shifted[5])


def test_markup_and_halves_of_characters_are_cleaned_away():
    assert clean("<b>很好</b><br/>&amp; 快\ud800\u200b") == "很好  & 快"
    assert clean(None) == clean(float("nan")) == ""
    assert clauses("好吃，但有點貴…不過不過敏！") == ["好吃", "但有點貴…", "不過不過敏！"]
    assert fold("ＣＰ值超～高高高高") == "cp值超~高高"


def test_negation_folds_into_one_sign():
    rules = negation.from_grammar(grammar.load())
    assert rules.mark(fold("不難吃")) == rules.mark(fold("沒有異味")) == negation.PRAISE
    assert rules.mark(fold("沒有很好")) == rules.mark(fold("不會推薦")) == negation.BLAME
    assert rules.mark(fold("好不好吃")) == fold("好不好吃")
    assert rules.mark(fold("不好意思")) == fold("不好意思")


ANYTHING = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C", "Cs"]), max_size=200)
PIECES = st.lists(
    st.sampled_from(
        [
            "不",
            "沒有",
            "好吃",
            "貴",
            "但",
            "，",
            "…",
            "!",
            "<b>",
            "&lt;",
            "\ud83d",
            "👍🏻",
            "not ",
            "good ",
            "\x00",
            "\n",
            " ",
            "出貨速度",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(ANYTHING, PIECES, st.none(), st.floats()), max_size=5))
@example(["很" * 100_000, "a " * 50_000, "<" * 50_000, "不" * 50_000, "😀" * 50_000])
def test_scoring_never_raises_and_keeps_its_promises(texts):
    found = analyse(texts)
    assert len(found.reviews) == len(texts)
    p = found.reviews["p_positive"].dropna()
    assert p.between(0, 1).all()
    assert found.reviews["language"].isin(["zh", "en", "other", "none"]).all()
    assert found.reviews["label"].dropna().isin(["positive", "negative", "neutral", "mixed"]).all()
    assert found.mentions["aspect"].isin(ASPECTS).all()
    for mention in found.mentions.itertuples():
        assert mention.clause in clean(texts[mention.review])


def test_order_and_company_do_not_matter():
    texts = [row["text"] for row in rows("taiwan_reviews.tsv")]
    together = score(texts)
    shuffled = np.random.default_rng(1).permutation(len(texts))
    assert np.allclose(score([texts[at] for at in shuffled])["p_positive"], together["p_positive"][shuffled])
    alone = [score([text])["p_positive"][0] for text in texts[:20]]
    assert np.allclose(alone, together["p_positive"][:20])


def test_hand_written_reviews_from_taiwan():
    reviews = rows("taiwan_reviews.tsv")
    found = analyse([row["text"] for row in reviews])
    said = np.array([row["label"] for row in reviews])
    p = found.reviews["p_positive"].to_numpy()
    sided = said != "neutral"
    assert len(reviews) >= 200
    assert ((p > 0.5) == (said == "positive"))[sided].mean() >= 0.94
    assert roc_auc_score(said[sided] == "positive", p[sided]) >= 0.965
    assert f1_score(said, found.reviews["label"].replace("mixed", "neutral"), average="macro") >= 0.76


def test_polarity_of_hand_marked_aspects():
    reviews = rows("taiwan_reviews.tsv")
    found = analyse([row["text"] for row in reviews]).mentions
    got = {(mention.review, mention.aspect): set() for mention in found.itertuples()}
    for mention in found.itertuples():
        got[mention.review, mention.aspect].add(mention.polarity)
    signs = {"+": "positive", "-": "negative"}
    marked = [(at, mark[:-1], signs.get(mark[-1])) for at, row in enumerate(reviews) for mark in row["aspects"].split()]
    checked = [polarity in got[at, aspect] for at, aspect, polarity in marked if polarity and (at, aspect) in got]
    assert len(checked) >= 150
    assert np.mean(checked) >= 0.85


@pytest.mark.parametrize(("name", "floor"), [("probes.tsv", 0.94), ("fresh_probes.tsv", 0.9)])
def test_probes_of_negation_and_slang(name, floor):
    probes = rows(name)
    p = score([row["text"] for row in probes])["p_positive"].fillna(0.5).to_numpy()
    assert ((p > 0.5) == [row["label"] == "positive" for row in probes]).mean() >= floor


def test_artifact_is_small_plain_and_quick_to_load():
    assert model.ARTIFACT.stat().st_size < 300_000
    with np.load(model.ARTIFACT, allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind in "iuf" for name in stored.files)
    took = []
    for _ in range(5):
        model.load.cache_clear()
        started = time.process_time()
        model.load()
        took.append(time.process_time() - started)
    assert min(took) < 0.05


def test_ten_thousand_short_reviews_a_second():
    texts = [f"{row['text']}{number}" for number in range(100) for row in rows("probes.tsv")]
    score(texts[:500])
    started = time.process_time()
    score(texts)
    assert len(texts) / (time.process_time() - started) > 10_000


def test_scoring_needs_no_scikit_learn():
    program = "import sys; from analytics.reviews.score import score; score(['好用']); print('sklearn' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "False"


def test_training_twice_gives_the_same_bytes(tmp_path, monkeypatch):
    words = grammar.load()
    few = list(grammar.examples(words, 300))[::8]
    sentences = list(grammar.english_examples(grammar.load_english(), 200))[::4]
    monkeypatch.setattr(train, "KEPT", 2000)
    for name in ("one.npz", "two.npz"):
        train.save(train.tables(few, sentences, words, {"good": 1.9, "bad": -2.5}), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    small = model.load(tmp_path / "one.npz")
    good, bad = score(["very good", "很爛"], model=small)["p_positive"]
    assert bad < 0.5 < good


def test_grammar_is_wide_and_has_no_phrase_on_both_sides():
    words = grammar.load()
    assert len(grammar.phrases(words)) > 600
    good, bad = set(words["whole"]["good"]), set(words["whole"]["bad"])
    assert not good & bad


def test_a_corpus_that_is_not_the_pinned_one_is_refused(tmp_path):
    for source in ("yelp", "imdb"):
        (tmp_path / f"uci_sentences_{source}.tsv").write_text("review\tsentiment\nfine\t1\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="not the pinned file"):
        uci(tmp_path)


def test_clear_complaints_are_found_and_hardly_any_praise_is_taken_for_one():
    written = [row for name in ("taiwan_reviews.tsv", "probes.tsv", "fresh_probes.tsv") for row in rows(name)]
    flagged = complains_clearly(analyse([row["text"] for row in written]))
    said = np.array([row["label"] for row in written])
    assert flagged[said == "positive"].mean() < 0.02
    assert flagged[said == "negative"].mean() > 0.70
