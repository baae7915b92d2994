"""Figures in Vietnamese writing: decimal comma, never without their n. Pure."""

from __future__ import annotations

from evals.records import Figure


def share(value: float | None, digits: int = 1) -> str:
    """Write a share as a percentage.

    >>> share(0.5049), share(None)
    ('50,5 %', 'không đo được')
    """
    return "không đo được" if value is None else f"{100 * value:.{digits}f} %".replace(".", ",")


def value(figure: Figure) -> str:
    """Write the value of a figure in its unit."""
    if figure.value is None:
        return "không đo được"
    match figure.unit:
        case "ms":
            return f"{figure.value:.0f} ms"
        case "ratio":
            return f"{figure.value:.3f}".replace(".", ",")
    return share(figure.value)


def interval(figure: Figure) -> str:
    """Write the 95 % interval of a figure, "" where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    match figure.unit:
        case "ms":
            return f"{figure.low:.0f}–{figure.high:.0f}"
        case "ratio":
            return f"{figure.low:.2f}–{figure.high:.2f}".replace(".", ",")
    return f"{100 * figure.low:.0f}–{100 * figure.high:.0f} %"


def points(difference: float) -> str:
    """Write a difference of shares in percentage points, with its sign.

    >>> points(-0.031), points(0.02)
    ('−3,1', '+2,0')
    """
    return f"{100 * difference:+.1f}".replace(".", ",").replace("-", "−")


def probability(p: float) -> str:
    """Write a p-value.

    >>> probability(0.0001), probability(0.034)
    ('< 0,001', '0,034')
    """
    return "< 0,001" if p < 0.001 else f"{p:.3f}".replace(".", ",")
