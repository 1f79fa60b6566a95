"""What people write on the way to a channel, and during its life."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size, Submit
from django import forms
from django.db.models import Q, QuerySet

from accounts import naming
from accounts.models import Application, Channel, Team, User
from accounts.provisioning.applying import Answers
from accounts.provisioning.moves import Move

PEOPLE = ("owner", "deputy", "cover", "mentor")
OFFERED = 4


class PersonField(forms.CharField):
    """One member of staff, by sign-in name, e-mail address or whole name. Cleans to the User."""

    def clean(self, value: Any) -> User | None:
        said = " ".join(str(super().clean(value) or "").split())
        if not said:
            return None
        found = list(_named(said)[: OFFERED + 1])
        exact = [user for user in found if said.casefold() in _names(user)]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError(f"Nobody here is called “{said}”. Write the name as in the directory.")
        offered = ", ".join(f"{user.display_name} ({user.username})" for user in found[:OFFERED])
        raise forms.ValidationError(f"Several people fit “{said}”. Write the sign-in name: {offered}.")


def _named(said: str) -> QuerySet[User]:
    people = User.objects.filter(is_active=True).order_by("last_name", "first_name", "pk")
    for word in said.split()[:5]:
        name = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(rank__iexact=word)
        people = people.filter(name | Q(username__iexact=word) | Q(email__iexact=word))
    return people


def _names(user: User) -> set[str]:
    return {name.casefold() for name in (user.username, user.email, user.get_full_name(), user.display_name) if name}


class TextField(forms.CharField):
    def __init__(self, label: str, *, longest: int, rows: int = 3, **kwargs: Any) -> None:
        wrong = {"required": "Write it in a few words.", "max_length": f"Use {longest} characters or fewer."}
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, max_length=longest, widget=widget, error_messages=wrong, **kwargs)


class ApplicationForm(forms.Form):
    """The answers of an application. Cleans to `Answers`, and the network where it is a new one."""

    network = forms.ChoiceField(
        label="Network",
        choices=Channel.Network.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a network."},
    )
    handle = forms.CharField(label="Handle", max_length=60, error_messages={"required": "Enter the handle."})
    name = forms.CharField(
        label="Display name",
        max_length=50,
        help_text="What the public sees above each update.",
        error_messages={"required": "Enter the display name.", "max_length": "Use 50 characters or fewer."},
    )
    audience = TextField("Who is it for?", longest=600, rows=2)
    asked = TextField("What did residents ask for?", longest=1000, help_text="At a panel, in a survey, at a stall.")
    why_here = TextField("Why are e-mail or the borough’s channel not enough?", longest=1000)
    owner = PersonField(label="Owner", help_text="The sergeant who will speak. Name or sign-in name.")
    deputy = PersonField(label="Deputy", help_text="Who speaks when the owner cannot.")
    cover = PersonField(label="Who covers leave", help_text="May be the deputy.")
    mentor = PersonField(label="Mentor", help_text="Of the DMC.")
    posting_ends_on = forms.DateField(
        label="Last day of the owner’s posting, from HR",
        required=False,
        help_text="Leave it empty when none is set.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the day as a date, like 2 March 2027."},
    )

    def __init__(self, *args: Any, team: Team, application: Application | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(team, application), **kwargs)
        self.team, self.application = team, application
        if application is not None:
            del self.fields["network"]
        for name in PEOPLE:
            self.fields[name].error_messages["required"] = "Name somebody."
        if offered := naming.suggestions(team):
            self.fields["handle"].help_text = f"Free, and as our rule has it: {', '.join(offered)}."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *([Field.radios("network", legend_size=Size.SMALL, inline=True)] if application is None else []),
            Field.text("handle", autocomplete="off", autocapitalize="off", spellcheck="false"),
            Field.text("name", autocomplete="off"),
            "audience",
            "asked",
            "why_here",
            *(Field.text(name, autocomplete="off") for name in PEOPLE),
            "posting_ends_on",
            Submit("submit", "Ask for this channel" if application is None else "Send the answers"),
        )

    def clean_handle(self) -> str:
        return str(self.cleaned_data["handle"]).strip().removeprefix("@")

    def clean(self) -> dict[str, Any]:
        """The naming rule, for a handle that is new."""
        said = super().clean() or {}
        handle = said.get("handle")
        if handle and not self._is_its_own(handle):
            people = [said[name] for name in PEOPLE if said.get(name)]
            own = self.application.channel if self.application else None
            if wrong := naming.problems(handle, self.team, people, without=own):
                self.add_error("handle", wrong)
        return said

    def _is_its_own(self, handle: str) -> bool:
        return self.application is not None and handle.casefold() == self.application.channel.handle.casefold()

    def answers(self) -> Answers:
        return Answers(**{name: value for name, value in self.cleaned_data.items() if name != "network"})


def _initial(team: Team, application: Application | None) -> dict[str, Any]:
    if application is None:
        has = set(team.channels.exclude(life=Channel.Life.REFUSED).values_list("network", flat=True))
        free = [network for network in Channel.Network.values if network not in has]
        network = free[0] if free else Channel.Network.X
        return {"network": network, "handle": naming.suggest_handle(team), "name": naming.suggest_name(team)}
    people = {name: getattr(application, name).username for name in PEOPLE}
    words = {name: getattr(application, name) for name in ("audience", "asked", "why_here", "posting_ends_on")}
    return {"handle": application.channel.handle, "name": application.channel.name, **people, **words}


class SignForm(forms.Form):
    """evidence: what the signatory has seen, and where it is kept."""

    evidence = TextField(
        "What have you seen, and where is it kept?", longest=1000, rows=2, help_text="It stays with your signature."
    )

    def __init__(self, *args: Any, seat: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{seat}_%s", **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("evidence", Submit("sign", "Sign"))


class ReasonForm(forms.Form):
    """reason: in words, for everybody who is concerned."""

    def __init__(self, *args: Any, seat: str, label: str, button: str, danger: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{seat}_%s", **kwargs)
        self.fields["reason"] = TextField(label, longest=600, rows=2)
        self.helper = FormHelper()
        self.helper.form_tag = False
        submit = Button.warning("go", button) if danger else Button.secondary("go", button)
        self.helper.layout = Layout("reason", submit)


LABELS = {"reason": "Why?", "new_home": "Where do its readers go instead?"}


class MoveForm(forms.Form):
    """What one move of a channel's life asks for: reason, new_home, or nothing."""

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{move.key}_%s", **kwargs)
        for name in move.asks:
            self.fields[name] = TextField(LABELS[name], longest=300 if name == "reason" else 200, rows=2)
        self.helper = FormHelper()
        self.helper.form_tag = False
        button = Button.warning if move.danger else Button.primary
        self.helper.layout = Layout(*move.asks, button("go", move.button))
