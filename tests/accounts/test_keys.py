from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.keys import key_in


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_a_whole_number_comes_back(number: int) -> None:
    assert key_in(str(number)) == number


@pytest.mark.parametrize("said", [None, "", "²", "٣", "-1", "1 ", "1\n", "1.0", "one", "9" * 30])
def test_what_is_no_key_is_none(said: str | None) -> None:
    assert key_in(said) is None
