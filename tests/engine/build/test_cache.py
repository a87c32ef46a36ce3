"""The cache of a folder of releases: what it finds, what it keeps, and who has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.build.cache import CACHE, Cache, look_into_cache, open_cache
from mreze.keeping import key_of
from mreze.shelf import Shelf

KEY = key_of("what", "it", "is", "made of")


def _keep(cache: Cache, tmp_path: Path, content: bytes = b"an artefact", key: str = KEY) -> Path:
    path = tmp_path / "made"
    path.write_bytes(content)
    return cache.keep("kind", key, path)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("a",), ("a", "")), (("a", "b"), ("b", "a")), ((b"1:a",), (b"a",)), ((), ("",))],
)
def test_a_key_tells_its_parts_apart(one: tuple[str | bytes, ...], other: tuple[str | bytes, ...]) -> None:
    """What would be the same written one after the other has different keys."""
    assert key_of(*one) != key_of(*other)


def test_what_is_kept_is_found_by_the_next_build(tmp_path: Path) -> None:
    """The file is taken over; who has the key gets it."""
    with open_cache(tmp_path) as cache:
        assert cache.find("kind", KEY) is None
        kept = _keep(cache, tmp_path)
        assert not (tmp_path / "made").exists()
        assert cache.find("kind", KEY) == kept
        cache.clear()
    with open_cache(tmp_path) as cache:
        found = cache.find("kind", KEY)
        assert found is not None
        assert found.read_bytes() == b"an artefact"
        assert cache.find("another", KEY) is None


def test_what_a_finished_build_did_not_use_is_removed(tmp_path: Path) -> None:
    """Only what was found or kept since stays; what another engine made goes too."""
    stranger = tmp_path / CACHE / "0123456789abcdef" / "kind"
    stranger.mkdir(parents=True)
    with open_cache(tmp_path) as cache:
        old, used = _keep(cache, tmp_path, key=key_of("old")), _keep(cache, tmp_path, key=key_of("used"))
    with open_cache(tmp_path) as cache:
        cache.find("kind", key_of("used"))
        new = _keep(cache, tmp_path, key=key_of("new"))
        cache.clear()
    assert not old.exists()
    assert not stranger.exists()
    assert used.exists()
    assert new.exists()


@pytest.mark.parametrize("damaged", [b"", b"an artefac", b"an artefacts", b"another one"])
def test_what_is_damaged_is_not_found(tmp_path: Path, damaged: bytes) -> None:
    """The digest of its bytes stands in its name; it can be kept again."""
    with open_cache(tmp_path) as cache:
        _keep(cache, tmp_path).write_bytes(damaged)
    with open_cache(tmp_path) as cache:
        assert cache.find("kind", KEY) is None
        assert _keep(cache, tmp_path) == cache.find("kind", KEY)


def test_a_fresh_cache_finds_what_it_keeps_only(tmp_path: Path) -> None:
    """A full build makes everything anew, for the next one to find."""
    with open_cache(tmp_path) as cache:
        _keep(cache, tmp_path)
    with open_cache(tmp_path, fresh=True) as cache:
        assert cache.find("kind", KEY) is None
        assert _keep(cache, tmp_path) == cache.find("kind", KEY)


def test_a_second_build_at_the_same_time_goes_without(tmp_path: Path) -> None:
    """It finds nothing, keeps nothing and removes nothing; what it made stays where it was."""
    with open_cache(tmp_path) as first:
        kept = _keep(first, tmp_path)
        with open_cache(tmp_path) as second:
            assert second.find("kind", KEY) is None
            assert _keep(second, tmp_path) == tmp_path / "made"
            second.clear()
        assert first.find("kind", KEY) == kept
    with open_cache(tmp_path) as third:
        assert third.find("kind", KEY) == kept


def test_who_only_looks_finds_and_keeps_nothing(tmp_path: Path) -> None:
    """Several may look at a time; where there is no cache none is made, and where a build has it they go without."""
    with look_into_cache(tmp_path) as cache:
        assert cache.find("kind", KEY) is None
        assert not list(tmp_path.iterdir())
    with open_cache(tmp_path) as builder:
        kept = _keep(builder, tmp_path)
        with look_into_cache(tmp_path) as cache:
            assert cache.find("kind", KEY) is None
    with look_into_cache(tmp_path) as cache, look_into_cache(tmp_path) as another:
        assert cache.find("kind", KEY) == another.find("kind", KEY) == kept
        assert _keep(cache, tmp_path, b"new", key_of("new")) == tmp_path / "made"
        assert cache.find("kind", key_of("new")) is None


def test_a_folder_that_cannot_be_written_has_no_cache(tmp_path: Path) -> None:
    """What cannot be kept costs time only; where it is a file, for one."""
    (tmp_path / CACHE).write_text("a file", "utf-8")
    with open_cache(tmp_path) as cache:
        assert _keep(cache, tmp_path) == tmp_path / "made"
        cache.clear()


def test_it_is_no_release(tmp_path: Path) -> None:
    """The shelf does not see it."""
    with open_cache(tmp_path) as cache:
        _keep(cache, tmp_path)
    assert Shelf(tmp_path).names() == []
    assert Shelf(tmp_path).prune(1) == []
    assert (tmp_path / CACHE).is_dir()
