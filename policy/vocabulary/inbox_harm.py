"""What neighbours write when somebody is in danger, and when a crime has been done to them or before their eyes.

Possessives are read without their 's, so "he's got" stands here as "he got".
"""

from __future__ import annotations

_GOING = "going_to|gonna|gunna|about_to|trying_to|threatening_to|threatened_to|threatens_to|will|want_to|wants_to|gona"
_KILL = "kill|stab|shoot|hurt|murder|beat_up|attack|burn|strangle|harm"
_ME = "me|us|her|him|them|my|myself|himself|herself|someone|somebody|everyone|the|his|their|you"
_ARM = (
    "knife|machete|gun|blade|hammer|bat|sword|axe|zombie_knife|firearm|pistol|shotgun|bottle|screwdriver|crowbar|cleaver"
    "|meat_cleaver|weapon|acid|baseball_bat|metal_bar|bar|knives|samurai_sword|crossbow|petrol|brick|shank"
)
_JUST_A = (
    "a|an|the|some|massive|big|huge|a_big|a_massive|a_huge|a_kitchen|a_metal|a_baseball|his|this_big|some_kind_of_a"
)
_ANY_MORE = "anymore|any_more|any_longer|no_more|much_longer"
_CHILD = (
    "son|daughter|child|kid|little_boy|little_girl|boy|girl|toddler|baby|mum|dad|nan|grandad"
    "|brother|sister|husband|wife"
)

LISTS = {
    "risk_self": f"""
        want|wanna|wants|wanted|going|ready to die, wanna die, wish i was|were dead, rather be dead,
        better off dead|without_me,
        kill|killing|hang|hurt|hurting|harm|harming|drown|shoot myself|yourself|himself|herself|themselves, kms,
        suicidal, suicide, end|ending|ended my|his|her|their life, end|ending it all|tonight|now, end it,
        take|taking|took my|his|her|their own|life,
        dont|don't|doesnt|doesn't|do_not|no_longer want|wanna to_live|to_be_here|live|to_wake_up,
        dont|don't|doesnt|doesn't|do_not|no_longer want|wanna be_here|to_go_on|be_alive|to_be_alive|it_anymore,
        dont|don't really want to_live|to_be_here|to_go_on|to_wake_up,
        can't|cant|cannot|can_not|couldn't go|carry|keep on|going|doing_this,
        can't|cant|cannot|can_not cope|do_this|take_it|take_this|go_on|live {_ANY_MORE}, can't|cant|cannot cope,
        do this|live|carry_on {_ANY_MORE}, no reason|point to|in|of live|living|going_on|carrying_on|being_here,
        nothing|not left|worth to_live_for|living_for|living,
        what's|what the point of|in living|carrying_on|going_on, self harm|harming|harmed, self-harm,
        cutting|cut|slit|slitting|slashed myself|my_wrists|my_arms|her_wrists|his_wrists,
        taken|took|swallowed|had all|loads|lots|too_many|a_load|a_lot|an_overdose|a_bottle|a_whole|a_packet,
        my|of|of_my|of_his|of_her|his|her tablets|pills|paracetamol|meds|medication|sleeping_pills,
        too many pills|tablets|paracetamol, an overdose, overdosed, overdosing, od'd,
        goodbye|suicide message|note|letter|text,
        nobody|no_one|noone would|will|wouldn't|won't miss|care|notice me|if_i,
        said|saying goodbye to_everyone|to_us|to_me|forever,
        want|wanted it|this|everything|the_pain to stop|be_over|end, just want it over|to_end|to_be_over, it over,
        going|gonna|about|threatening|trying|going_to to jump, gonna|threatening_to|about_to jump|jump_off,
        going to jump|jump_off, wrong|other side of the railings|railing|barrier|barriers|fence|bridge|parapet,
        standing|sitting|stood|sat on the edge|ledge|tracks|parapet|train_tracks|railings, on the ledge,
        on the edge of the|a bridge|roof|building|platform, on the tracks|train_tracks|railway_line,
        life not|isn't|isnt worth living, hate my life, tired of living|life|being_alive|living,
        give|giving up on life, ready to go now
    """,
    "risk_threat": f"""
        {_GOING} {_KILL} {_ME}, {_GOING} kill|stab|murder|shoot {_ME}, he|she|they gonna|will kill|stab|shoot|hurt,
        death threat/s, threatened|threatening|threatens to kill|stab|shoot|burn|attack|hurt|rape,
        threatened|threatening me|us|him|her|my|someone|people with, got|has|pulled|holding|waving {_JUST_A} {_ARM},
        got|pulled|holding|waving {_ARM},
        with|waving|pulled|holding|carrying|got|swinging|has {_JUST_A} knife|machete|gun|sword|axe|hammer,
        with|waving|pulled|holding {_JUST_A} blade|zombie_knife|shotgun|firearm|baseball_bat|cleaver,
        carrying|got|swinging|has {_JUST_A} blade|zombie_knife|shotgun|firearm|baseball_bat|cleaver,
        got a knife|gun|machete|blade|weapon|hammer|bat,
        being stabbed|attacked|beaten|strangled|held|chased|followed|kicked|robbed|dragged|assaulted,
        been stabbed|shot|run_over|knifed|hit_by|glassed, got stabbed|shot, was just stabbed|shot,
        just stabbed|shot|knifed,
        someone|somebody|man|boy|kid|woman|girl|lad stabbed|shot|bleeding|collapsed|unconscious|drowning|choking,
        stabbing happening, shots fired, heard|hearing shots|gunshots|gun_shots|gunfire, gunshot/s, gun shots,
        sounded like gunshots|shots|a_gun, not breathing|waking_up|responding|conscious, isn't breathing,
        isnt breathing, stopped breathing, can't|cant breathe, bleeding out|badly|everywhere|heavily|from|on,
        covered in blood, blood everywhere, unconscious, passed out, face down in the water|canal|river, drowning,
        fallen|fell|jumped in|into the canal|river|water|thames, choking me|her|him|to, strangling,
        strangled me|her|him, hands|hand round|around my|her|his neck|throat,
        hitting|beating|punching|kicking|battering|attacking|smashing|strangling her|him|me|someone|them,
        is|guy|man|men|lad|bloke|he|they|two|someone following my|her|his,
        she|he|they hasn't|hasnt|has_not|haven't|didn't|didnt|not come|come_home|home|returned|come_back|got_home,
        screaming for help, screaming help, shouting for help, shouting help, crying for help,
        heard|hear|hearing screams|screaming, she|woman|girl|he|lady screaming,
        following|chasing|stalking me|us|her|him, following me, being followed, chasing me,
        followed me|us home|off|from|onto|all, wont|won't stop following, right behind me|us,
        outside|at my|the door|house|flat|window trying|banging|shouting|screaming|with|threatening|kicking,
        trying|tryna|attempting to get|break|kick|smash in|into|my|the|down,
        kicking|kicked|breaking|smashing|banging my|the|down|in door|front_door|my|the|on|at|window,
        someone|somebody in my|the house|flat|garden|home|loft|shed right_now|now|and|with|downstairs,
        someone|somebody breaking in, in my house now, breaking in|into right|now|my,
        won't|wont|not|will_not|refuses_to|refusing_to let|letting me|us|her|him|them out|leave|go,
        locked|trapped|stuck in|inside|me|us, locking me in, held against|hostage, being held, kidnapped,
        kidnapping, been taken by, abducted, bundled|dragged into|her|him|the|a car|van|into,
        hiding|hid in the|my|under|from|upstairs bathroom|wardrobe|bedroom|cupboard|toilet|bed|him|them|behind|loft,
        in danger|immediate_danger, life in danger, lives in danger,
        fear for my|her|his|their|our life|safety|lives, scared for my|her|his life|safety|for,
        terrified he|she|they|for|of, help me please|quick|hurry|now_please|now_im|now_i'm|now_he,
        help now|asap|quick|quickly,
        please hurry|help_me|help_us|come_quick|come_quickly|come_now|send_someone|send_help|come_asap,
        need|send help|someone|police|somebody|ambulance now|asap|urgently|quick,
        need|send help|someone|police|somebody|ambulance quickly|right_now|immediately|straight_away, urgent help,
        hurry please|up, on his|her|their way round|over|to_kill|here_now|with,
        coming|comes round|over|back|after|for to kill|me_with|with_a,
        he|she|they coming to|for|after kill|hurt|get|me, house|flat|building|car on|is_on fire,
        fire with|and people|kids|someone|somebody inside|trapped|in,
        baby|child|dog|toddler|kid locked|left|alone|stuck in|inside|by|on car|hot|the|a|alone,
        {_CHILD} missing|is_missing|gone_missing|hasn't come|come_home|home|returned|back|got_home,
        {_CHILD} hasnt|has_not|didn't|didnt|not come|come_home|home|returned|back|got_home, gone missing,
        can't|cant find my, {_CHILD} run|ran away|off, not been seen since, never came home, wandered off,
        walked out of hospital, overdosing, spiked, drink|drinks spiked, been spiked, raping,
        being raped|groomed|trafficked|abused, meeting|met|meet a|an man|older he|she|they online,
        playing|walking|running on the tracks|railway|train_tracks, gun to|at my|his|her|their, pointed a gun,
        bomb in|at|on, going to blow, explosion, gas explosion
    """,
    "risk_weapon": f"{_ARM}, knife/s, gun/s, machete/s",
    "risk_person_now": """
        someone, somebody, man, men, bloke, blokes, guy, guys, lad, lads, kid, kids, boy, boys, woman, youth,
        youths, teenager, teenagers, he, she, they, hes, shes, theyre, they're, gang, group, neighbour, person, ex,
        two, three, four, geezer, some kid
    """,
    "risk_happening": """
        right now, rn, just now, just, now, outside, is, are, in the stairwell, running, fighting, attacking,
        chasing, threatening, waving, waiving, pulled, pulling, pointing, swinging, holding, walking around,
        going mad, going crazy, going round, brandishing, at the bus stop, got, with a, with
    """,
    "no_risk": """
        dying to meet|see|know|try|come|hear,
        dying of|from|with laughter|embarrassment|laughing|curiosity|heat|thirst|boredom,
        died of|laughing|from laughing|laughter|embarrassment|boredom|with, nearly died laughing|of|when,
        die laughing, to die for, killing|killed me|it, killing me laughing|softly,
        my feet|back|knees|legs|head is|are killing, feet are killing me, kill for a|some, murder a|an,
        could murder a, killed it|the, you're|youre|you_are killing it, killing time, killing two birds,
        dressed to kill, knife|knives bin|bins|crime|arch|amnesty|sweep|surrender,
        knife|knives talk|workshop|awareness|free|block|sharpening|skills|angel,
        kitchen|cake|butter|bread|fish|pen|stanley|craft knife|knives, gun street|lane|wharf|salute/s|dog,
        water|nerf|glue|bubble|speed|heat|toy|staple|massage gun/s, hammer horror|toes, hammer and, hammered,
        cricket|baseball bat practice|club, bat box|boxes|walk/s, bats, bottle bank|of|recycling, water bottle/s,
        paint brush, brick lane, chocolate bar/s, bar is|was|at|on|in, salad bar, wine bar, snack bar,
        follow/ed/ing you|your|this|us|the on|for|page|posts|account|since|updates,
        follow/ed/ing you|your|this|us|the example|rules|news|advice|team|puppy|progress,
        been|be following your|you|with, following your|you|with|the|on|along|up|this, followed you|your|up,
        shot of|in_the_arm|at, flu|covid|booster shot/s, lovely shot, great shot/s, shot for, photo shoot,
        shoot/ing hoops|some|a|the film|hoops, film shoot, jump in|on|the|start|rope|for|at the|a|joy, bungee jump,
        charity jump, parachute jump, jumped at|the|for, bouncy castle, trampoline,
        can't cope with|without the|this|my|all|your|that|these|so heat|cuteness|weather|noise|emails|cute,
        cant cope with, suicide prevention|awareness|squad|charity|training, prevention, in the play, in that film,
        on netflix, on telly, on tv, in the film, the book, murder mystery, video game,
        end it|this|the with|on|there, end it all at, crying with laughter, in tears of laughter,
        screaming with|at|for laughter|the|ice|more, scream if you, on fire, team on fire,
        is|are|was on fire today|lately,
        fire station|drill|brigade|alarm|engine|doors|door|safety|works|extinguisher|pit,
        drowning in paperwork|emails|work|cake|tea, i'm drowning in, choking hazard/s, choked up, fell in love,
        gone missing from, missing out, missing you, missing my weekly
    """,
    "calm_joke": """
        lol, lmao, rofl, haha, hahaha, joking, jk, only joking, just kidding, thank, thanks, thankyou, thx, cheers,
        brilliant, lovely, loved, great day, well done, chuffed, enjoyed, congratulations, amazing, fantastic
    """,
}
