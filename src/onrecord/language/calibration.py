"""What a head of the model takes for the probability of being right to how often it is right."""

from __future__ import annotations

import math

# The kinds of facts that have a probability, each fitted by itself.
HEADS = ("attribution", "names", "mentions", "syntax", "predicates", "arguments", "happened", "timexes", "coreference")

# Slope and shift on the log-odds (Platt 1999); the slope is one over the temperature (Guo et al. 2017), and the shift
# is for those heads that join several probabilities or keep the likeliest facts only.
Scale = tuple[float, float]
PLAIN: Scale = (1.0, 0.0)
_LEAST, _MOST = 1e-6, 1 - 1e-6


def calibrated(probability: float, scale: Scale) -> float:
    """`probability` on the scale of its head.

    >>> round(calibrated(0.8, (2.0, 0.0)), 3)
    0.941
    """
    p = _LEAST if probability < _LEAST else _MOST if probability > _MOST else probability
    odds = scale[0] * math.log(p / (1 - p)) + scale[1]
    return 1 / (1 + math.exp(-odds))
