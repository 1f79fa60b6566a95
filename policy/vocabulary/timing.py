"""Words of time that are true on one day only, and words that look like them."""

from __future__ import annotations

_DONE = (
    "finished|finishing|back|returned|completed|had|left|arrived|met|seen|been|wrapped|visited|come|got|done|landed"
    "|spent|ended|reopened|opened|started|leaving|stopped|walked|won|heard|received|heading|setting"
)
_DEALT = "seized|recovered|arrested|spoken|held|handed|given|marked|popped|dropped|taken|spotted|carried|attended"
_OUT = "heading|leaving|back|setting|patrolling|giving|here|out|speaking"

LISTS = {
    "relative_time": f"""
        today, tonight, tonite, tomorrow, tomoz, tmrw, yesterday, last night, right now, just now, later on,
        this morning|afternoon|evening|lunchtime|teatime|minute, later today|this|tonight, earlier today|this|on,
        this very morning,
        as we speak, at the moment, at this moment, at present, currently, on now, here|out|there|live now,
        underway,
        we|i|officers|team|pc|sgt|they|everyone|is|are|now at|in|on|outside|inside_the now until|till|til|for|with,
        now till|til|until,
        are|is|am|we're|i'm now at|in|on|outside|{_OUT},
        just {_DONE}, just {_DEALT},
        hour/s|minutes|mins ago, an hour ago, in an|one|two|half hour|hours|an_hour,
        in 5|10|15|20|30|45|60 mins|minutes,
        still here|out|on_scene|time_to, next hour|few_hours, last hour|few_hours,
        starting|starts|kicking|beginning now, happening now, all day today,
        see you in a_bit|ten|an_hour|a_few|half_an_hour|shortly|soon, in a few minutes, shortly, on scene,
        have|has just,
        in|about|only|next ten|five|fifteen|twenty|thirty mins|min|minutes|hrs|hours,
        in|about|only|next forty|a_couple_of|couple|a_few|under_ten|10ish mins|min|minutes|hrs|hours,
        five|ten|twenty|fifteen|thirty minutes|mins away|ago|from|to|time|until|left,
        in half an|a hour|mo|jiffy|tick|sec|second|moment|minute|bit|couple,
        in a mo|jiffy|tick|sec|second|moment|minute|couple_of, half an hour left|ago|to|from, an hour from|left|to,
        in under|about an, hours from_now|left|to_go, minutes from_now|left|to_go|until, this instant|second|very,
        any minute|moment|second, imminently, momentarily, on our way, on the way now|to, en route,
        as i|we type|write|post|tweet|stand|arrive, in progress, tmw, tmrw, tmoro, tomorow, tommorow, tommorrow,
        2moro, 2day, 2nite, 2night, tonights, 2morrow, this aft|arvo|avo|am|pm|eve|hour|noon|weeknight|dinnertime,
        day after tomorrow, day before yesterday, first thing tomorrow, last nite|evening, yday, minutes ago,
        moments ago, a moment|minute|while|bit|second|short_while ago, earlier this,
        up|stall|stand|table|gazebo|kettle|doors|there|here|set|tent|queue now,
        setting up the|our|a|now|outside|in|at, up and running now, right outside, straight after this,
        before lunch, back in ten|five|an|half|20|10, be ready|there|here|with in,
        here all|till|until day|morning|afternoon|evening|noon|lunchtime|we, out now,
        out and about now|today|this|tonight, so far today|tonight|this
    """,
    "not_relative_time": """
        of today, of tomorrow, 
        if|when|once|after you've|you_have just,
        today generation, in today world, today and always, today tomorrow, here today gone tomorrow,
        sign up today|now, yesterday and today,
        better|brighter|safer tomorrow, leaders of tomorrow, tomorrow leaders|officers|people|world|detectives,
        usa today, radio today,
        never put off until tomorrow, right now they|you_can, whatever you_are|you're doing right_now,
        shortly before|after, very shortly,
        just back|got to, just back up, currently there, currently recruiting, currently have vacancies,
        only just about, just about anyone|everyone,
        just come along|down|and|to|in|as, just about enough|every, just had enough, just got to,
        have|has|had just one, just taken|about for, hours ago today,
        in progress please|call|dial|ring|999|always, crime in progress, is in progress, a crime in progress,
        takes|takes_about|only_takes|only|about ten|five|fifteen|twenty minutes|mins|hours to,
        takes|takes_about|only_takes|only|about thirty|a_few|a_couple_of|two minutes|mins|hours to,
        in|within|less_than|under|next_to ten|five|fifteen|twenty minutes|mins|hours to,
        in|within|less_than|under|next_to thirty|a_few|a_couple_of|two minutes|mins|hours to, takes about|only|just,
        on the way to|home|up|down|out|back, in about ten, within minutes, in minutes,
        on our way to making|net|reducing|becoming|zero, a moment ago of, minutes to|walk, in a bit of,
        in a couple of weeks|months|years|days, in a second|minute|moment it|they|someone|thieves|your|and,
        just a moment ago, in under two|a|ten|five|sixty|30|60|90|an minutes|minute|seconds|hour|mins,
        live from the studio, crime is in_progress, being in_progress, if in progress
    """,
}
