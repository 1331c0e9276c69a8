"""New sessions get ids that are unique, sort by time and fit file names."""

from datetime import UTC, datetime, timedelta

from sidelight.session.identity import new_session_id

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def test_ids_are_unique_and_fit_for_file_names() -> None:
    ids = {new_session_id(NOW) for _ in range(1_000)}
    assert len(ids) == 1_000
    assert all(len(id_) == 26 and id_.isalnum() and id_.isupper() for id_ in ids)


def test_later_sessions_sort_later() -> None:
    ids = [new_session_id(NOW + timedelta(milliseconds=step)) for step in range(50)]
    assert ids == sorted(ids)


def test_the_first_ten_characters_are_the_time() -> None:
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for digit in new_session_id(NOW)[:10]:
        value = value * 32 + digits.index(digit)
    assert value == int(NOW.timestamp() * 1000)
