"""Sums over all cuts of two words into segments: the inner loops of training, compiled.

Arrays are given one by one because numba compiles functions of arrays, not of objects:
so/lo begin each word in sa/la, which hold the segments beginning at each sign.
"""
# ruff: noqa: PLR0913, PLR0917, C901, PLR0912 - loops over arrays, see above

from __future__ import annotations

import math

import numba as nb
import numpy as np

from termbank.equivalents.segment_model import LONGEST_LETTERS as LM
from termbank.equivalents.segment_model import LONGEST_SOUND as KM


@nb.njit(cache=True)
def mark(so, sa, lo, la, cells):
    """Note which segments occur in some pair; ends go with ends."""
    for p in range(len(so) - 1):
        n, m = so[p + 1] - so[p], lo[p + 1] - lo[p]
        for i in range(n):
            for a in range(KM):
                s = sa[so[p] + i, a]
                if s < 0:
                    continue
                for j in range(m):
                    for b in range(LM):
                        t = la[lo[p] + j, b]
                        if (
                            t < 0
                            or (i == 0) != (j == 0)
                            or (i + a + 1 == n) != (j + b + 1 == m)
                        ):
                            continue
                        cells[s, t] = 0


@nb.njit(cache=True)
def sums(s0, n, sa, l0, m, la, cells, w, ins, dele, forward, back):
    """Forward and backward sums over all cuts; returns the total."""
    forward[: n + 1, : m + 1] = 0.0
    back[: n + 1, : m + 1] = 0.0
    forward[0, 0] = 1.0
    back[n, m] = 1.0
    for i in range(n + 1):
        for j in range(m + 1):
            f = forward[i, j]
            if f == 0.0:
                continue
            if j < m:
                forward[i, j + 1] += f * w[ins[la[l0 + j, 0]]]
            if i < n:
                forward[i + 1, j] += f * w[dele[sa[s0 + i, 0]]]
            for a in range(min(KM, n - i)):
                s = sa[s0 + i, a]
                if s < 0:
                    continue
                for b in range(min(LM, m - j)):
                    t = la[l0 + j, b]
                    if t >= 0 and cells[s, t] >= 0:
                        forward[i + a + 1, j + b + 1] += f * w[cells[s, t]]
    if forward[n, m] <= 0.0:
        return 0.0
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if forward[i, j] == 0.0:
                continue
            v = back[i, j]
            if j < m:
                v += w[ins[la[l0 + j, 0]]] * back[i, j + 1]
            if i < n:
                v += w[dele[sa[s0 + i, 0]]] * back[i + 1, j]
            for a in range(min(KM, n - i)):
                s = sa[s0 + i, a]
                if s < 0:
                    continue
                for b in range(min(LM, m - j)):
                    t = la[l0 + j, b]
                    if t >= 0 and cells[s, t] >= 0:
                        v += w[cells[s, t]] * back[i + a + 1, j + b + 1]
            back[i, j] = v
    return forward[n, m]


@nb.njit(cache=True)
def count(s0, n, sa, l0, m, la, cells, w, ins, dele, forward, back, scale, counts):
    """Add ``scale`` times the expected uses of every segment."""
    total = forward[n, m]
    for i in range(n + 1):
        for j in range(m + 1):
            f = forward[i, j] * scale / total
            if f == 0.0:
                continue
            if j < m:
                e = ins[la[l0 + j, 0]]
                counts[e] += f * w[e] * back[i, j + 1]
            if i < n:
                e = dele[sa[s0 + i, 0]]
                counts[e] += f * w[e] * back[i + 1, j]
            for a in range(min(KM, n - i)):
                s = sa[s0 + i, a]
                if s < 0:
                    continue
                for b in range(min(LM, m - j)):
                    t = la[l0 + j, b]
                    if t >= 0 and cells[s, t] >= 0:
                        e = cells[s, t]
                        counts[e] += f * w[e] * back[i + a + 1, j + b + 1]


@nb.njit(cache=True)
def expectation(so, sa, lo, la, cells, w, ins, dele, counts):
    """Add the expected uses over all pairs."""
    forward, back = np.zeros((50, 50)), np.zeros((50, 50))
    for p in range(len(so) - 1):
        n, m = so[p + 1] - so[p], lo[p + 1] - lo[p]
        if sums(so[p], n, sa, lo[p], m, la, cells, w, ins, dele, forward, back) > 0.0:
            count(
                so[p],
                n,
                sa,
                lo[p],
                m,
                la,
                cells,
                w,
                ins,
                dele,
                forward,
                back,
                1.0,
                counts,
            )


@nb.njit(cache=True)
def epoch(
    order, so, sa, lo, la, qc, qco, good, cells, lw, start, ins, dele, seen, rate, pull
):
    """One pass of Adagrad over the queries, 32 a step; the first candidates are right."""
    forward, back = np.zeros((50, 50)), np.zeros((50, 50))
    w, counts = np.exp(lw), np.zeros_like(lw)
    for turn in range(len(order)):
        q = order[turn]
        n, many = so[q + 1] - so[q], qco[q + 1] - qco[q]
        scores = np.empty(many)
        for c in range(many):
            x = qc[qco[q] + c]
            m = lo[x + 1] - lo[x]
            z = sums(so[q], n, sa, lo[x], m, la, cells, w, ins, dele, forward, back)
            scores[c] = math.log(z + 1e-250)
        share = np.exp(scores - scores.max())
        whole, right = share.sum(), share[: good[q]].sum()
        for c in range(many):
            step = -share[c] / whole + (share[c] / right if c < good[q] else 0.0)
            if abs(step) < 1e-4:
                continue
            x = qc[qco[q] + c]
            m = lo[x + 1] - lo[x]
            if (
                sums(so[q], n, sa, lo[x], m, la, cells, w, ins, dele, forward, back)
                > 0.0
            ):
                count(
                    so[q],
                    n,
                    sa,
                    lo[x],
                    m,
                    la,
                    cells,
                    w,
                    ins,
                    dele,
                    forward,
                    back,
                    step,
                    counts,
                )
        if turn % 32 == 31 or turn == len(order) - 1:
            for e in np.flatnonzero(counts):
                slope = counts[e] - pull * (lw[e] - start[e])
                seen[e] += slope * slope
                lw[e] += rate * slope / math.sqrt(seen[e])
                w[e] = math.exp(lw[e])
                counts[e] = 0.0
