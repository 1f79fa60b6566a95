"""Reads the Public Attitude Survey's published files in the dialects met in the wild. Pure: bytes in, rows out."""

from engagement.survey.content import Reading, Rejected, Row, Unreadable
from engagement.survey.reading import read

__all__ = ["Reading", "Rejected", "Row", "Unreadable", "read"]
