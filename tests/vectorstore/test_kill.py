"""SIGKILL at every fault point: what was acknowledged stands, and the next command works."""

from __future__ import annotations

import signal

import pytest

from vectorstore.faults import POINTS
from vectorstore.store import Store
from vectorstore.torture import HashEmbedder, fill, make_document, problems, torture, victim

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL không có trên hệ điều hành này")


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_loses_nothing_acknowledged(folder, point):
    fill(folder, 0, 5)  # two generations stand, so that there is one to copy and one to clean away
    before = ["+0", "+1", "*1", "+2", "+3", "+4", "-2"]
    status, acknowledged = victim(folder, 5, 5, fault=point)
    assert status == -signal.SIGKILL
    assert problems(folder, before + acknowledged, ask_doctor=False) == []
    with Store.open(folder, HashEmbedder) as store:
        assert not store.stats().behind
        with store.writer() as writer:
            writer.add(*make_document(99))
    assert problems(folder, [*before, *acknowledged, "+99"]) == []


def test_a_kill_during_the_very_first_write(folder):
    status, acknowledged = victim(folder, 0, 3, fault="generation-unchecked")
    assert (status, acknowledged) == (-signal.SIGKILL, ["+0", "+1", "*1", "+2"])
    assert problems(folder, acknowledged) == []


def test_a_second_kill_while_the_first_is_being_made_up_for(folder):
    _, acknowledged = victim(folder, 0, 3, fault="vectors-stored")
    status, again = victim(folder, 0, 3, fault="swap-uncommitted")
    assert (status, again) == (-signal.SIGKILL, acknowledged)
    assert problems(folder, acknowledged) == []


@pytest.mark.slow
def test_random_kills(folder):
    assert torture(folder, kills=10, seed=1) == []
