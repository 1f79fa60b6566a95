"""Our own small drawings: strokes on a 24 by 24 grid in the colour of the words beside them. No network's logo."""

from __future__ import annotations

from typing import Final

PATHS: Final[dict[str, str]] = {
    "mark": (
        "M5 4h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2ZM8 10h.01M12 10h.01M16 10h.01"
    ),
    "today": "M4 11.5 12 4.5l8 7M6 10v9.5h4.5v-5h3v5H18V10",
    "write": "M4 20l1-4.5L16.2 4.3a1.8 1.8 0 0 1 2.6 0l.9.9a1.8 1.8 0 0 1 0 2.6L8.5 19ZM14 6.5l3.5 3.5",
    "review": (
        "M5 4h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 16h-7l-4.5 4v-4H"
        "5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 4ZM8.5 10l2.5 2.5 4.5-5"
    ),
    "posts": "M4 5h16v5.5H4ZM4 14h16v5.5H4ZM7 7.75h6M7 16.75h6",
    "channels": (
        "M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM12 13.5V20M8.5 15.5a5 5 0 0 1 0-7"
        "M15.5 8.5a5 5 0 0 1 0 7M5.7 18.3a9 9 0 0 1 0-12.6M18.3 5.7a9 9 0 0 1 0 12.6"
    ),
    "numbers": "M4 20h16M6.5 16.5v-5M12 16.5v-11M17.5 16.5v-8",
    "hold": "M8.5 4h7L20 8.5v7L15.5 20h-7L4 15.5v-7ZM12 8v5M12 16v.1",
    "down": "M6 9l6 6 6-6",
    "forward": "M9 6l6 6-6 6",
    "back": "M15 6l-6 6 6 6",
    "pencil": "M5 19l.8-3.8L15.5 5.5a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L8.8 18.2Z",
    "clock": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2",
    "tick": "M5 12.5l4.5 4.5L19 7.5",
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "dot": "M12 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z",
    "eye": "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
    "cross": "M6 6l12 12M18 6L6 18",
    "stop": "M5.5 5.5h13v13h-13ZM9 12h6",
    "alarm": "M12 4l9 16H3ZM12 10v4.5M12 17.2v.1",
    "picture": "M4 5h16v14H4ZM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.5h.01",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5L20.5 20.5",
    "link": "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
    "reply": "M5 5h14v10h-7l-4 4v-4H5Z",
    "heart": "M12 19.5S4 15 4 9.3A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 8 2.1C20 15 12 19.5 12 19.5Z",
    "repeat": "M5 11V8h12M14 5l3 3-3 3M19 13v3H7M10 19l-3-3 3-3",
    "shield": "M12 4l7 2.5v5c0 4.5-3 7.3-7 8.5-4-1.2-7-4-7-8.5v-5Z",
}
FILLED: Final = frozenset({"dot"})
