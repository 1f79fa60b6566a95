from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry, Channel
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
HEAD = "team_code,network,handle,name\n"


def test_what_the_force_already_runs_is_brought_in_whole_or_not_at_all(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(
        HEAD + "E05009374,x,MPSHackneyWick,Hackney Wick Police\nE05009374,facebook,HackneyWickPolice,Wick\n"
    )
    call_command("take_on_channels", file, "--dry-run")
    assert not Channel.objects.filter(team=cast.wick).exists()
    call_command("take_on_channels", file)
    made = Channel.objects.filter(team=cast.wick)
    assert {(one.life, one.state) for one in made} == {("live", "new")} and made.count() == 2
    assert cast.sam.has_perm("accounts.connect", made[0])
    assert AuditEntry.objects.filter(action="channel.opened", by=None).count() == 2
    file.write_text(HEAD + "E05009374,x,MPSNew,New\nNOWHERE,x,MPSOther,Other\nE05009376,x,mpshomerton,Again\n")
    with pytest.raises(CommandError) as refused:
        call_command("take_on_channels", file)
    assert "Line 3: there is no team NOWHERE" in str(refused.value) and "Line 4: @mpshomerton" in str(refused.value)
    assert not Channel.objects.filter(handle="MPSNew").exists()
    file.write_text(HEAD + "E05009374\nE05009374,x,MPSNew\n\nE05009374,x,,New\n")
    with pytest.raises(CommandError) as refused:
        call_command("take_on_channels", file)
    assert "Line 2: it lacks network, handle, name." in str(refused.value), "a short line is named, too"
    assert "Line 3: it lacks name." in str(refused.value) and "Line 5: it lacks handle." in str(refused.value)
    file.write_text("team,network\n")
    with pytest.raises(CommandError, match="first line"):
        call_command("take_on_channels", file)
