"""The second opinion: what the encoder promises for any string, how it is kept, and that it judges unseen reviews better than n-grams."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from analytics.reviews import careful, encoder, whole
from analytics.reviews.score import analyse, score
from analytics.reviews.text import fold

UNSEEN = Path(__file__).with_name("unseen_reviews.tsv")
ANYTHING = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C", "Cs"]), max_size=120)


@pytest.fixture(scope="module")
def unseen():
    with UNSEEN.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def both(unseen):
    """The unseen reviews by n-grams alone and with the second opinion."""
    texts = [row["text"] for row in unseen]
    return analyse(texts).reviews, analyse(texts, opinions=careful.read_carefully(texts)).reviews


def judged(found, unseen):
    said = np.array([row["label"] for row in unseen])
    sided = np.isin(said, ["positive", "negative"])
    p = found.p_positive.fillna(0.5).to_numpy()
    three = [
        np.where(labels == "mixed", "neutral", labels) for labels in (said, found.label.fillna("neutral").to_numpy())
    ]
    return (
        ((p > 0.5) == (said == "positive"))[sided].mean(),
        roc_auc_score(said[sided] == "positive", p[sided]),
        f1_score(*three, average="macro"),
    )


def test_the_second_opinion_ranks_and_labels_unseen_reviews_better(both, unseen):
    (_, auc_alone, f1_alone), (accuracy, auc, f1) = (judged(found, unseen) for found in both)
    assert auc > auc_alone + 0.01
    assert f1 > f1_alone + 0.01
    assert accuracy > 0.70


def test_the_unseen_reviews_are_three_hundred_of_every_kind(unseen):
    assert len(unseen) == len({row["text"] for row in unseen}) == 300
    assert {row["label"] for row in unseen} == {"positive", "negative", "neutral", "mixed"}


def shingles(text):
    plain = re.sub(r"[\W_]+", "", fold(text))
    return {plain[at : at + 5] for at in range(max(1, len(plain) - 4))}


def test_what_is_trained_on_is_written_once_and_is_not_what_is_tested_on(unseen):
    texts = [review.text for review in whole.reviews()] + [review.text for review in whole.composed(1_200)]
    assert len(texts) == len(set(texts)) >= 2_000
    written = [shingles(review.text) for review in whole.reviews() if len(review.text) > 8]
    for row in unseen:
        own = shingles(row["text"])
        if len(row["text"]) > 8:
            assert max(len(own & other) / min(len(own), len(other)) for other in written) < 0.4, row["text"]


@pytest.mark.parametrize("line", ["很好吃", "+ 很好吃", "? 很好吃{q+}", "+ 很好吃{x+}", "+ 很好吃{q+"])
def test_a_training_line_without_its_signs_is_refused(line):
    with pytest.raises(ValueError, match="signs"):
        whole.parse(line, "food")


def test_a_training_line_says_what_each_part_says():
    read = whole.parse("* 湯頭濃{q+}，等好久{h-v-}，附湯匙{0}", "food")
    assert read.text == "湯頭濃，等好久，附湯匙"
    assert [(part.text, part.label, sorted(part.aspects)) for part in read.parts] == [
        ("湯頭濃", 1.0, ["quality"]),
        ("等好久", 0.0, ["service", "shipping"]),
        ("附湯匙", 0.5, []),
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(ANYTHING, max_size=4))
def test_no_text_raises_and_each_is_scored_alike_alone(texts):
    opinions = careful.read_carefully(texts)
    found = analyse(texts, opinions=opinions)
    assert found.reviews.p_positive.dropna().between(0, 1).all()
    for text in texts:
        alone = careful.read_carefully([text])[careful.key(text)]
        first, second = careful.unpacked(alone)[0], careful.unpacked(opinions[careful.key(text)])[0]
        assert np.abs(first - second).max(initial=0) <= 1.01 / careful.STEPS


def test_an_opinion_of_other_clauses_is_no_opinion():
    text = "好吃，但是貴"
    assert score([text], opinions={careful.key(text): b"\x80\x00\x00"}).equals(score([text]))


def test_keys_are_of_the_text_alone():
    assert careful.key("很好") == careful.key("<b>很好</b>") != careful.key("很好吃")
    assert careful.key(None) == careful.key("") == careful.key(float("nan"))
    assert re.fullmatch("[0-9a-f]{20}", careful.key("很好"))
    assert re.fullmatch("[0-9a-f]{12}", careful.version())


def test_reading_goes_on_in_the_background_and_each_text_is_read_once():
    asked = []

    def reader(texts):
        asked.extend(texts)
        return {careful.key(text): b"abc" for text in texts}

    reading = careful.begin(["一則", "二則", "二則", "三則"], {careful.key("三則"): b"old"}, reader)
    reading.wait()
    assert reading.done
    assert reading.share == 1
    assert sorted(asked) == ["一則", "二則"]
    assert reading.opinions[careful.key("三則")] == b"old"


def test_what_was_read_is_kept_in_a_file_and_a_damaged_one_holds_nothing(tmp_path, monkeypatch):
    path, said = tmp_path / "opinions.npz", {careful.key("一"): b"abc", careful.key("two"): b""}
    assert careful.kept(path) == {}
    reading = careful.begin(
        ["一", "two"], {}, lambda texts: said, keep=lambda found: path.write_bytes(careful.written(found))
    )
    reading.wait()
    assert careful.kept(path) == said
    for content in (b"", b"no archive", careful.written(said)[:-40], careful.written({})[:60]):
        path.write_bytes(content)
        assert careful.kept(path) == {}
    path.write_bytes(careful.written(said))
    monkeypatch.setattr(careful, "version", lambda: "another")
    assert careful.kept(path) == {}


def test_a_reading_that_is_stopped_reads_no_further():
    with careful._ONE_AT_A_TIME:
        reading = careful.begin(["一", "二"], {}, lambda texts: {careful.key(text): b"" for text in texts})
        assert reading.share == 0
        reading.stop()
    reading.wait()
    assert not reading.done
    assert careful.begin([], {}).done


def test_the_artifacts_are_small_and_hold_numbers_only():
    assert encoder.ARTIFACT.stat().st_size + encoder.PIECES.stat().st_size < 9_000_000
    with np.load(encoder.ARTIFACT, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= set("iuf")


def test_the_demo_shops_opinions_are_of_this_encoder():
    assert careful.shipped(), "make them again: python -m analytics.reviews.ship sample_data/…"
