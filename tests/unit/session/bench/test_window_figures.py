"""What is summed up of a window's answers."""

from sidelight.session.bench.window_figures import WindowFigures


def test_the_longest_the_usual_and_the_stalls() -> None:
    late = [1.0] * 197 + [8.0, 50.0, 51.0]
    figures = WindowFigures.of(late, seconds=100.0, cpu=0.005)
    assert figures == WindowFigures(
        beats=200, worst_ms=51.0, p99_ms=50.0, stalls=1, seconds=100.0, cpu=0.005
    )


def test_a_window_that_was_not_watched_has_no_figures() -> None:
    figures = WindowFigures.of([], seconds=0.0, cpu=0.0)
    assert (figures.beats, figures.worst_ms, figures.cpu) == (0, 0.0, 0.0)
