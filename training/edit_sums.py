"""Sums over all ways to edit one word into another, with their slopes, for torch.

Worths are arrays [pair, sound, letter]; a pair's sounds and letters are its grid's
heights and widths. The last sign of a side is matched, never passed over.
"""

from __future__ import annotations

import numba as nb
import numpy as np
import torch


@nb.njit(cache=True, fastmath=True)
def log_sum(a, b):
    """Logarithm of the sum of two numbers given by their logarithms."""
    high, low = max(a, b), min(a, b)
    return high if high - low > 20.0 else high + np.log1p(np.exp(low - high))


@nb.njit(cache=True, fastmath=True)
def forward(heights, widths, match, no_sound, no_letter, sums):
    """Fill the sums of each grid; return those of their last fields."""
    out = np.empty(len(heights), np.float32)
    for p in range(len(heights)):
        n, m = heights[p], widths[p]
        for i in range(n + 1):
            for j in range(m + 1):
                v = 0.0 if i + j == 0 else -1e30
                if i > 0 and j > 0:
                    v = sums[p, i - 1, j - 1] + match[p, i - 1, j - 1]
                if 0 < i < n and j < m:
                    v = log_sum(v, sums[p, i - 1, j] + no_sound[p, i - 1, j])
                if 0 < j < m and i < n:
                    v = log_sum(v, sums[p, i, j - 1] + no_letter[p, i, j - 1])
                sums[p, i, j] = v
        out[p] = sums[p, n, m]
    return out


@nb.njit(cache=True, fastmath=True)
def backward(heights, widths, match, no_sound, no_letter, sums, slopes, out):
    """Fill ``out`` [edit, pair, sound, letter] with slopes times the uses of each edit."""
    ahead = np.zeros((sums.shape[1], sums.shape[2]))
    for p in range(len(heights)):
        if abs(slopes[p]) < 1e-5:
            continue
        n, m = heights[p], widths[p]
        total = sums[p, n, m]
        for i in range(n, -1, -1):
            for j in range(m, -1, -1):
                v = 0.0 if i == n and j == m else -1e30
                here = sums[p, i, j] - total
                if i < n and j < m:
                    v = match[p, i, j] + ahead[i + 1, j + 1]
                    out[0, p, i, j] = slopes[p] * np.exp(here + v)
                    if i < n - 1:
                        x = no_sound[p, i, j] + ahead[i + 1, j]
                        out[1, p, i, j] = slopes[p] * np.exp(here + x)
                        v = log_sum(v, x)
                    if j < m - 1:
                        x = no_letter[p, i, j] + ahead[i, j + 1]
                        out[2, p, i, j] = slopes[p] * np.exp(here + x)
                        v = log_sum(v, x)
                ahead[i, j] = v


class Summed(torch.autograd.Function):
    """Logarithm of the sum over all ways, from worths [edit, pair, sound, letter]."""

    @staticmethod
    def forward(ctx, worths, heights, widths):
        """Sum, and keep what the slopes need."""
        worths = worths.detach().numpy()
        _, pairs, n, m = worths.shape
        sums = np.empty((pairs, n + 1, m + 1), np.float32)
        totals = forward(heights, widths, *worths, sums)
        ctx.kept = worths, heights, widths, sums
        return torch.from_numpy(totals)

    @staticmethod
    def backward(ctx, slopes):
        """Slopes of all worths."""
        worths, heights, widths, sums = ctx.kept
        out = np.zeros_like(worths)
        backward(heights, widths, *worths, sums, slopes.numpy(), out)
        return torch.from_numpy(out), None, None
