"""Words of an appeal for help, and of a post that only tells of one."""

from __future__ import annotations

_PERSON = (
    "man|men|woman|women|male|males|person|people|pair|two|three|boy|girl|lad|lads|suspect|suspects|individual|group"
    "|couple|guy|bloke|driver|rider|cyclist|jacket|bag|bike|coat|tattoo|logo|clothing|clothes|car|van|vehicle|moped"
)
_FOR = (
    "witness|witnesses|information|info|help|dashcam|dash_cam|footage|cctv|anyone|anybody|any|sightings|assistance"
    "|the_public's_help|your_help|details|people_who|those_who|doorbell|drivers"
)
_SOMEBODY = (
    "anyone|anybody|a|an|the|him|her|them|this|these|those|people|whoever|two|three|someone|somebody|witnesses|drivers"
    "|you_if|residents|passengers|passers-by|customers|shoppers|cyclists|motorists|pedestrians|neighbours"
)

_WISH = (
    "keen|want|wants|wanted|need|needs|like|hoping|trying|appealing|asking|anxious|wish|eager|love|happy"
    "|grateful|pleased|glad|seeking"
)
_REACH = "hear_from|speak_to|speak_with|talk_to|trace|identify|find|locate"
_THOSE = "this|that|these|those|the|him|her|them|either|any"
_WHOM = "the_police|police|us|officers|detectives|the_team|your_local_team"
_THANKED_FOR = "responded|replied|responding|answered|shared|came_forward|rang|called"
_REHEARSED = (
    "practised|practise|practising|training|train|trained|learn|learned|learning|learnt|lesson|hendon|exercise|mock"
    "|drama|play|panto|film|novel"
)

LISTS = {
    "appeal": f"""
        appeal|appeals|appealing|appealed for {_FOR},
        appeal|appeals|appealing|appealed for|to any|further|more {_FOR},
        appealing to anyone|anybody|the_public, appeal to anyone|find|trace|identify, witness appeal,
        witness/es sought|wanted|needed|required|please|asked|urged, any witness/es, looking|look for witness/es,
        seeking|seek witnesses|information|the_public's_help|help, were you a witness,
        information|info sought|wanted|needed|required|please,
        any information|info on|about|regarding|that|relating|which|concerning|at_all|would|please|no_matter|however,
        any|with|have|has|got any|further|more|useful information|info, with information|info,
        {_WISH} to {_REACH} {_SOMEBODY},
        come|comes forward, did anyone|anybody see|hear|witness|notice|spot|catch,
        did you see|hear|witness|notice|spot|catch anything|something|what_happened|it_happen|this_happen|anyone|who,
        see|saw|seen|hear|heard|spot|spotted|notice|noticed|witness|witnessed anything,
        see|saw|seen|hear|heard|spot|spotted|notice|noticed something suspicious|unusual|odd|strange,
        do|can|does you|anyone|anybody recognise|recognize|identify|place|name {_THOSE},
        recognise|recognize|identify|know|name|seen this|these|either {_PERSON},
        recognise|recognize|identify|know|name the {_PERSON},
        recognise|recognize him|her|them|anyone|either,
        help us find|identify|trace|locate|catch|track_down|name,
        help police|officers|detectives|us find|identify|trace|locate|catch,
        help|helping to find|identify|trace|locate|catch,
        can|could you|anyone|anybody help us|police|officers|with_our|our|detectives|identify|with_information|piece,
        need|needs witnesses, anyone|anybody with cctv|footage|dashcam|information|info|doorbell|video,
        they|we|officers|police|detectives would_like|want|need|wish to speak|talk to,
        they|we|officers|police|detectives would_like|want|need|wish to trace|identify, know who been|has|keeps,
        somebody|someone|anyone|anybody must|may|might|will|has_to|knows know|have_seen|recognise|who|something|what,
        who did this|it, know who did|is|was|took|stole|they|he|she, know something|anything about, know anything,
        contact|ring|phone|call|email {_WHOM} if|with|about|straight, get in touch if|with_information,
        urged|asked|urge|urging|asking|ask to contact|get_in_touch|come_forward,
        every|any scrap|detail|piece of|could information|help,
        have you seen this|him|her|them|these|either, sightings of, any sightings,
        looking|look|after|seeking for|after|your|any dashcam|dash_cam|dash_cams|doorbell|footage,
        looking|look|after|seeking the|a|to_see|us|us_your dashcam|dash_cam|dash_cams|doorbell|footage,
        seek|want|need|wanted|requesting for|after|your|any dashcam|dash_cam|dash_cams|doorbell|footage,
        seek|want|need|wanted|requesting the|a|to_see|us|us_your dashcam|dash_cam|dash_cams|doorbell|footage,
        looking|look|after|seeking for|after|your|any cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        looking|look|after|seeking the|a|to_see|us|us_your cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        seek|want|need|wanted|requesting for|after|your|any cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        seek|want|need|wanted|requesting the|a|to_see|us|us_your cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        request|like|collecting|gathering for|after|your|any dashcam|dash_cam|dash_cams|doorbell|footage,
        request|like|collecting|gathering the|a|to_see|us|us_your dashcam|dash_cam|dash_cams|doorbell|footage,
        send|share|got|have|upload for|after|your|any dashcam|dash_cam|dash_cams|doorbell|footage,
        send|share|got|have|upload the|a|to_see|us|us_your dashcam|dash_cam|dash_cams|doorbell|footage,
        request|like|collecting|gathering for|after|your|any cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        request|like|collecting|gathering the|a|to_see|us|us_your cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        send|share|got|have|upload for|after|your|any cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        send|share|got|have|upload the|a|to_see|us|us_your cctv|video|ring_doorbell|cctv_or|helmet_cam|clips,
        looking|after|seeking|wanting|need|want dashcam|dash_cam|doorbell|footage|cctv|helmet_cam,
        please check|review|save|keep yours|your|any|dashcams|dashcam|doorbells,
        please check|review|save|keep doorbell|cctv|cameras|dash|footage|ring,
        check your dashcam|dashcams|dash_cam|dash_cams|doorbell|doorbells,
        check your cctv|cameras|footage|ring_doorbell|sheds_for|camera,
        information|info|witnesses|sightings wanted|needed|sought|required|requested|welcome|appreciated|please,
        footage|names|details|dashcam wanted|needed|sought|required|requested|welcome|appreciated|please,
        hear from witnesses|anyone|anybody|drivers|people_who,
        hear from those_who|passengers|whoever|passers-by|a_driver|the_driver,
        speak|talk to|with witnesses|anyone_who|anybody_who|anyone_with|the_driver|drivers_who|people_who,
        public's help, public help|assistance, can you|anyone help|identify|name|place|shed|assist,
        shed any|some|light light|on|any,
        any|got|have|with|had|the_smallest clues|leads|info|intel|footage|dashcam who|on|about|as,
        any|got|have|with|had|the_smallest clues|leads|info|intel|footage|dashcam please|of|regarding|to,
        any|got|have|with|had|the_smallest names|idea|ideas|sightings|tip|tips who|on|about|as,
        any|got|have|with|had|the_smallest names|idea|ideas|sightings|tip|tips please|of|regarding|to,
        who is he|she|this_man|this_woman|responsible|behind, who are they|these, put a name, name a|this face,
        know the man|woman|person|face|driver|rider|owner,
        jog your|anyone's memory, jogs your|a memory, wanted for questioning, whoever did|is|was|took,
        were you there|nearby|passing|driving|one, did your doorbell|dashcam|camera|cctv|dash|ring,
        were you|anyone driving|cycling|walking|waiting|on_the,
        caught on|it|anything|the your|on doorbell|dashcam|camera|ring
    """,
    # With an incident in the same sentence or the next.
    "weak_appeal": """
        did you see|hear|witness|notice|spot,
        were you in|on|at|near|nearby|there|passing|driving|travelling|walking|around|outside|about,
        have you seen, do you know,
        if you saw|witnessed|recognise|recognize|heard|noticed|spotted,
        if you know|knew anything|who|this|him|her|them|what|where|something|either,
        if you have any|information|info|footage|dashcam|cctv|seen|details|video|pictures,
        if you were in|at|near|nearby|there|passing|driving|travelling|walking|around|on,
        anyone|anybody who|with saw|knows|was|has|witnessed|heard|recognises|dashcam|footage|cctv|information|can,
        was anyone|anybody in|at|near|on|around, please get in touch, get in touch,
        dash cam, dashcam/s, doorbell camera/s|footage|video, please|kindly come,
        help|assist|contact the_police|police|us|officers,
        any witnesses, please share|rt|retweet, appeal, appealing, can you help, speak to us, in the area at,
        {_WISH} to hear_from|speak_to|talk_to you, hear from you,
        hear from anyone|anybody|people|witnesses|drivers|those, tell us, let us know, get in contact, can anyone,
        does anyone, were you, in the area, or nearby, drop us a line, any help
    """,
    "incident_told": """
        collision, collided, crash/es, crashed, suspicious, incident, knocked, pushed, hurt, injured, injuries, damage,
        damaged, smashed, broken, broke, taken, took, missing, hit, ran off, made off, fled, drove off, failed to stop,
        snatched, grabbed, threw, thrown, abuse, abused, spat, punched, kicked, set alight, set fire, fire, attempted,
        indecent, exposed, followed, spray painted, sprayed, tampered, slashed, break in, burgled, stolen, forced entry
    """,
    "appeal_told_of": f"""
        {_THANKED_FOR} to|our|after|with|us our|the|an|appeal appeal/s,
        thanks|thank|grateful to|you|for everyone|everybody|all|who|sharing,
        following|after|since our|the|an|this appeal, we will|we'll|going_to find|catch|identify|trace,
        find a|our|new name|new|home|homes|volunteers|winner, sharing|shared our|the|this appeal,
        no longer need|needed|appealing|looking|seeking, has|have|been found|traced|identified|located, found safe,
        {_REHEARSED} witness|appeal|statement/s|taking,
        hendon training|college|recruits|days|passing|for|this|and|where,
        at hendon we|they|today|this|our|learning|on|was,
        charity|roof|poppy|christmas|toy|food|fundraising|blood|winter|emergency|easter appeal,
        appeal raised|reached|has_raised, how to,
        volunteers, donations, lost property, nominations
    """,
}
