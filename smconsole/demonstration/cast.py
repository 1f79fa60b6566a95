"""Who and where. Boroughs and wards are real, by name and ONS code; every person is invented."""

from __future__ import annotations

from typing import NamedTuple

from accounts.models import Role, Stage

PASSWORD = "demonstration-only"  # noqa: S105  printed at the start; the demonstration holds nothing real


class Place(NamedTuple):
    kind: str
    code: str
    name: str
    parent: str


PLACES = [
    Place("borough", "E09000012", "Hackney", "MPS"),
    Place("borough", "E09000005", "Brent", "MPS"),
    Place("borough", "E09000023", "Lewisham", "MPS"),
    Place("borough", "E09000033", "Westminster", "MPS"),
    Place("ward", "E05009374", "Hackney Wick", "E09000012"),
    Place("ward", "E05009376", "Homerton", "E09000012"),
    Place("ward", "E05009377", "Hoxton East & Shoreditch", "E09000012"),
    Place("ward", "E05009379", "King's Park", "E09000012"),
    Place("ward", "E05009386", "Victoria", "E09000012"),
    Place("ward", "E05013503", "Kilburn", "E09000005"),
    Place("ward", "E05013507", "Queens Park", "E09000005"),
    Place("ward", "E05013510", "Stonebridge", "E09000005"),
    Place("ward", "E05013716", "Brockley", "E09000023"),
    Place("ward", "E05013719", "Deptford", "E09000023"),
    Place("ward", "E05013732", "Telegraph Hill", "E09000023"),
    Place("ward", "E05013804", "Queen's Park", "E09000033"),
    Place("ward", "E05013805", "Regent's Park", "E09000033"),
    Place("unit", "MPS-CYCLE", "Cycle Safety Team", "MPS"),
    Place("corporate", "MPS-CORP", "Corporate channels", "MPS"),
]


class Person(NamedTuple):
    username: str
    rank: str
    first: str
    last: str
    role: str
    team: str
    stage: str = Stage.PROBATION


PEOPLE = [
    Person("sergeant", "Sgt", "Naomi", "Adair", Role.SERGEANT, "E05009376"),
    Person("trusted", "Sgt", "Tomasz", "Bielak", Role.SERGEANT, "E05009374", Stage.TRUSTED),
    Person("contributor", "PCSO", "Femi", "Oyelaran", Role.CONTRIBUTOR, "E05009376"),
    Person("kilburn", "Sgt", "Rhiannon", "Vance", Role.SERGEANT, "E05013503", Stage.TRUSTED),
    Person("brockley", "Sgt", "Idris", "Kell", Role.SERGEANT, "E05013716"),
    Person("kingspark", "Sgt", "Yusuf", "Larkin", Role.SERGEANT, "E05009379"),
    Person("newcomer", "Sgt", "Leila", "Farrow", Role.SERGEANT, "E05009377", Stage.PRACTICE),
    Person("mentor", "", "Aisha", "Thorne", Role.MENTOR, "MPS"),
    Person("editor", "", "Callum", "Reyes", Role.DMC_EDITOR, "MPS"),
    Person("administrator", "", "Sunita", "Marlow", Role.DMC_ADMIN, "MPS"),
    Person("head", "", "Joan", "Castellan", Role.HEAD, "MPS"),
    Person("manager", "Supt", "Grace", "Okonjo", Role.MANAGER, "E09000012"),
    Person("inspector", "Insp", "Marcus", "Heald", Role.MANAGER, "E09000012"),
    Person("victoria", "Sgt", "Elena", "Morrow", Role.SERGEANT, "E05009386"),
    Person("compliance", "", "Peter", "Winslade", Role.COMPLIANCE, "MPS"),
    Person("infosec", "", "Deniz", "Pascoe", Role.INFOSEC, "MPS"),
]

# Days in post, where it is not 120: of whoever is trusted for nearly a year the renewal is near.
HELD_FOR = {"trusted": 340}


class Voice(NamedTuple):
    team: str
    network: str
    handle: str
    name: str
    connected: bool = True


VOICES = [
    Voice("E05009376", "x", "MPSHomerton", "Homerton Police"),
    Voice("E05009376", "facebook", "HomertonPolice", "Homerton Police"),
    Voice("E05009374", "x", "MPSHackneyWick", "Hackney Wick Police"),
    Voice("E05009374", "facebook", "HackneyWickPolice", "Hackney Wick Police"),
    Voice("E05009379", "x", "MPSKingsPark", "King's Park Police"),
    Voice("E05009377", "x", "MPSHoxtonEast", "Hoxton East Police"),
    Voice("E05013503", "x", "MPSKilburn", "Kilburn Police"),
    Voice("E05013503", "facebook", "KilburnPolice", "Kilburn Police"),
    Voice("E05013716", "x", "MPSBrockley", "Brockley Police"),
    Voice("E05013716", "facebook", "BrockleyPolice", "Brockley Police"),
    Voice("E09000012", "x", "MPSHackney", "Hackney Police"),
    Voice("MPS-CORP", "x", "metpoliceuk", "Metropolitan Police"),
    Voice("E05013805", "x", "MPSRegentsPark", "Regent's Park Police", connected=False),
    Voice("E05013510", "x", "MPSStonebridge", "Stonebridge Police", connected=False),
]


class Line(NamedTuple):
    """A line of a register. days: until its last one, counted from the day of the demonstration; 0 is for ever."""

    kind: str
    value: str
    note: str = ""
    reference: str = ""
    days: int = 0


REGISTERS = [
    Line("partner", "@hackneycouncil", "London Borough of Hackney"),
    Line("partner", "@crimestoppersuk", "Crimestoppers"),
    Line("partner", "@Brent_Council", "London Borough of Brent"),
    Line("partner", "@LewishamCouncil", "London Borough of Lewisham"),
    Line("number", "020 7000 0123", "Homerton team, answered on weekdays"),
    Line("operation", "Larchwood", "Bicycle theft around Homerton station", days=90),
    Line("school", "Northwold School"),
    Line("street", "Well Street"),
    Line("street", "Kilburn High Road"),
    Line("street", "Brockley Road"),
    Line("venue", "Homerton Library"),
    Line("place", "Mabley Green"),
    Line("place", "Hilly Fields"),
    Line("case", "Glyn Road robbery", "Listed for spring: nothing about the evidence.", "Wood Green, T20267114"),
    Line("consent", "Marguerite Adeoye", "Name and picture, cycle marking story", "DMC consents, folder 14", 200),
]
