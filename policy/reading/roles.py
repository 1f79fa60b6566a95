"""What part a named person plays in a sentence, as far as the words around the name tell."""

from __future__ import annotations

import re

from policy.reading.names import Name
from policy.reading.passage import Passage

_BYSTANDER = re.compile(
    r"(?:\b(?:thank|thanks|well done|congratulations)\b(?: [\w'-]+){0,5}|\barrested by|\bdetained by|\bled by"
    r"|\bsays|\bsaid|\bcontact|\bmeet|\bspoke to|\bspeak to your|(?<!speak )\bwith|\bvictim"
    r"|\bwitness|\bassaulting|\bmurder of|\battack on|\brobbing|\bstabbing of|\bdeath of|\bkilling of|\bask for"
    r"|\bnamed after|\bvictim named|\battacking)(?: the| our| local| resident| neighbour| volunteer)*[ :]*$"
)
_BEFORE_SUSPECT = re.compile(
    r"(?:\barrest(?:ed|s|ing)?|\bdetained|\bcaught|\bnicked|\bnabbed|\bcollared|\bapprehended|\bwanted|\bsuspects?"
    r"|\bbailed|\bcuffed|\bgot|\bnamed(?: as)?|\bcalled|\bknown as|\bidentified as|\blooking for|\bhunting(?: for)?"
    r"|\bsearching for|\bseeking|\btrace|\bspeak (?:to|with)|\bseen"
    r"|\bfind|\blocate|\bburglar|\bmugger|\bthief|\brobber|\bdealer"
    r"|\bshoplifter|\boffender|\bfugitive|\baccused|\bcustody|\bthat|\bman|\bwoman|\bis)[ :,\-\"'(]*$"
)
_AFTER_SUSPECT = re.compile(
    r"^[ ,(\-]*(?:(?:aged? )?\d\d\)?[ ,\-]*)?(?:(?:of|from) [a-z]+ ?[a-z]*,? )?"
    r"(?:(?:who|has|have|had|was|were|is|are|been|now|still|also|today|finally) ){0,5}"
    r"(?:arrest|detain|wanted|nicked|in custody|in the cells|in cells|bailed|caught|nabbed|on the run|a suspect"
    r"|the suspect|suspected|on bail|released under|being questioned|questioned|under arrest|apprehended|accused"
    r"|responsible|locked up|behind bars|off the streets|handed)"
)
_BEFORE_VICTIM = re.compile(
    r"(?:\bvictim|\bcomplainant|\bsurvivor|\braped|\bassaulted|\bassaulting|\battacked|\bgroped|\babused"
    r"|\bmolested|\brape of"
    r"|\bassault of|\bassault on|\battack on|\babuse of|\bgroomed|\btrafficked|\braping)[ :,\-\"'(]*$"
)
_AFTER_VICTIM = re.compile(
    r"^[ ,(\-]*(?:(?:aged? )?\d\d\)?[ ,\-]*)?(?:(?:who|has|have|had|was|were|is|been|reported|being|says"
    r"|told us) ){0,4}"
    r"(?:she was |he was |being )?(?:raped|sexually|groped|abused|molested|assaulted|trafficked|attacked"
    r"|exploited|the victim)"
)


def is_bystander(passage: Passage, name: Name) -> bool:
    """Thanked, quoted, met or harmed rather than suspected."""
    before = _before(passage, name)
    if before.endswith(" about "):
        return False  # "Thanks for the calls about Steven Pryor"
    return bool(_BYSTANDER.search(before)) and not _AFTER_SUSPECT.match(_after(passage, name))


def is_suspect(passage: Passage, name: Name) -> bool:
    """The words right before or after the name say that this is who was arrested or is looked for."""
    return bool(_BEFORE_SUSPECT.search(_before(passage, name)) or _AFTER_SUSPECT.match(_after(passage, name)))


def is_complainant(passage: Passage, name: Name) -> bool:
    """The words right before or after the name say that the offence was done to this person."""
    return bool(_BEFORE_VICTIM.search(_before(passage, name)) or _AFTER_VICTIM.match(_after(passage, name)))


def _before(passage: Passage, name: Name) -> str:
    return passage.lower[max(0, name.start - 60) : name.start]


def _after(passage: Passage, name: Name) -> str:
    return passage.lower[name.end : name.end + 90]
