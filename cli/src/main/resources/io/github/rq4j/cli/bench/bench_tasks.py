"""The functions of the benchmark; BenchTasks.java has the same for Java."""

import time


def noop():
    """Does nothing."""


def length(text):
    """Takes a text and gives back its length."""
    return len(text)


def nap(seconds):
    """Sleeps."""
    time.sleep(seconds)


def spin(seconds):
    """Keeps a processor busy, for this long by the clock."""
    end = time.perf_counter() + seconds
    rounds = 0
    while time.perf_counter() < end:
        rounds += 1
    return rounds
