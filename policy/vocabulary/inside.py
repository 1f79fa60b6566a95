"""Words of what must stay inside, of police systems, and of watching people."""

from __future__ import annotations

_MEDIA = (
    "insta|instagram|facebook|fb|snapchat|snap|snaps|tiktok|twitter|x|linkedin|youtube|telegram|social_media|socials"
    "|profile/s|account/s|page/s|stories|story|feed/s|posts|tweets|photos|friends_list|followers|following|timeline"
    "|likes|comments|status|reels|stream|channel"
)
_WHOSE = (
    "his|her|their|this_lad|this_guy|that_lad|this_bloke|this_man|this_woman|this_girl|this_boy|these_lads|the_suspect"
)
_GROUP = "whatsapp|facebook|telegram|private|signal|discord|snapchat"
_NUMBER = "ref|reference|number|no|report/s|log|entry|record/s|refers|check/s|id|intel|search|submitted|update|shows"

LISTS = {
    "police_system": "merlin, crimint, cris, pnc, pnd, athena, niche",
    "marking": f"""
        not to be shared|forwarded|circulated|disclosed|released|published|copied outside|beyond|with|to|without|,
        do not share|show|copy|send outside|beyond|this_outside, do not share with|outside the|public|anyone,
        gang|gangs matrix, debrief attached, informant's|informant debrief,
        briefing pack|sheet|pack_for|notes_for_the|document|attached, intel report, intel,
        intelligence report names|says, circulate beyond|outside, cris entry|log|update|says|has,
        merlin report|entry|pac|came, warning signals|signal|markers, for police use|eyes, police use, nominal/s,
        bail list, wanted list attached, target list, official sensitive, official-sensitive, officialsensitive,
        protectively marked, protective marking, not protectively, government security classification,
        not for onward|public|general|external|wider disclosure|release|dissemination,
        not for onward|public|general|external|wider circulation|sharing|distribution|publication,
        not for disclosure|publication|circulation|distribution|dissemination|release|sharing,
        no onward disclosure|dissemination|sharing|circulation, onward disclosure|dissemination,
        do not disseminate|forward|circulate|distribute, dont forward, police eyes only, eyes only, uk eyes,
        police use only, for police only, law enforcement only|sensitive,
        internal use|only|circulation|distribution only, internal use only,
        for internal use|eyes|circulation|police, internal police document|briefing|memo|email,
        internal briefing|memo|document|only, restricted document|circulation|distribution, restricted police,
        restricted not for, restricted handling, handling code|instructions|caveat, handling official|restricted,
        confidential briefing|report|police|document|log|not|intelligence|intel|memo|source, top secret,
        secret not for, marked secret|official|restricted|confidential, classified as|document|briefing,
        in strict|strictest confidence, strictly confidential, private and confidential, briefing slide/s,
        intel briefing|report|log|sheet|picture|package|slide/s,
        intelligence briefing|report/s|log|logs|sheet|package|submission|assessment|database|system,
        tasking sheet|document|list|minutes|meeting_minutes, nominal list|nominals, nominals, subject profile,
        problem profile, 5x5x5, 3x5x2, intel grading,
        merlin {_NUMBER}|for|on|completed|pac|done|raised|created|has, merlins, crimint {_NUMBER}|plus|for|on,
        crimint, pnc {_NUMBER}|for|clear|warning|marker|markers|shows|showed|trace|hit|printout|came|says, pnc,
        on pnc|crimint|holmes|npir|pnd, pnd {_NUMBER}, npnc, cris {_NUMBER}|for|shows, on cris, via cris,
        from cris, the cris, cris, holmes2, holmes|niche|athena|connect_record {_NUMBER}, on holmes, ncic,
        npas log, ipldb, stops database, emmie, notebook entry, custody record number, custody number,
        cad log|printout|text|message, mg11, mg3, mg5, mg6, dvla check|database, vehicle check showed|came,
        intel system|database, police system/s|database/s|computer, intel checks, warning markers, warrant number,
        collar number, no trace at, no trace on
    """,
    "not_marking": """
        intel inside|core|processor, community intel, merlin the|is|our|says|and|would|loved,
        classified ads|as_vintage, top secret recipe|santa|mission|ingredient,
        private and confidential support|advice, confidential briefing room, cris cross, chris,
        marked official opening, holmes and, holmes is|place|road|run, sherlock holmes, kelly holmes,
        notebook entry fee, athena the|hall|road, niche market, vetting
    """,
    "inside_paper": """
        target list, briefing, tasking, nominal/s, intel, objectives, deployment plan, phase, arrest plan,
        strategy, gold, silver, bronze
    """,
    "watch": """
        add|make|take a note|notes, every time, each time, whenever, note every, let's see, lets see,
        keep a watch on, watch on, follow the, using, check whether|if|what|who|where, look through her|his|their,
        make a list, log who|every|each|all, write down, let me know when|if|what|who, tell me when|if|what|who,
        send me anything|everything|any, jot down, keep a log|diary|file|folder|list|record, eyes on, need eyes,
        who runs|owns|is|controls|behind, who behind, identify, unmask, pull together, put together,
        does|do anyone|we know, weekly|daily|regular|monthly|quick report|summary|digest|update|list on|of,
        report on, summary of, list of, can|could you|someone|anyone see, want to see|know, tell me|us,
        let me know, background on, dig into, deep dive, intel on, dossier on, flag,
        keep|keeping|kept an|a|your|close|eye eye|on|tabs|track|watch on|of|an,
        keep|keeping tabs|track|watch on|of, keep an eye on|out_for, keep a close eye on, keep watching, watch,
        watching, monitor, monitoring, monitored, track, tracking, follow, following, stalk, spy on, spying on,
        check, checking, check out, look at|through|up|into|over, looking at|through|up, lookup, search,
        search for|through, searching, scroll, scroll|scrolling back|through|down, trawl, trawling, trawl through,
        go|going through|back_through|over, screenshot, screenshotting, screenshots of,
        screen shot|grab|grabs|grabbing, screen grabs of, screengrab/s, log, logging, record, recording, note,
        note down, list, make|keep|compile|build a|the list|picture|record|log|profile|file of|on, build up a,
        compile, find out, find, finding, dig|digging up|into|out, trace, report back on, see what|who|if|where,
        save, archive, download, collect, gather, map, map out, capture, pull, pull up,
        get|grab copies|screenshots|pictures of, add, friend, befriend, message, dm, have a look at|through,
        take a look at
    """,
    "theirs": f"""
        who he|she|they friends|mates|seeing|dating|linked|connected|pals|living|working with|to|,
        he|she|they|she's|he's|they're comments|posts|replies|tweets|commented|posted,
        he|she|they|she's|he's|they're tweeted|messages|been_posting|posting|writes|shares|logs,
        his|her|their pictures|pics|videos|friends|comments|group|chat,
        his|her|their profile_picture|drill|music|posts|whereabouts|movements|daily,
        the|this|that lad|lads|boy|girl|man|woman|suspect|kid|bloke|guy account|private|page|profile,
        the|this|that lad|lads|boy|girl|man|woman|suspect|kid|bloke|guy posts|insta|instagram|facebook|snapchat,
        private account|page|profile|group, whatsapp|facebook|telegram|group|residents group|chat for|about|of,
        who turns|turn|goes|go|signed|was|is up|to|there|liking|commenting|sharing|following|running,
        who has|have|been been|liking|commenting|liked, has changed his|her|their, his profile picture,
        from their facebook|event, profile picture, anyone wearing the,
        his|her|their sister|brother|mum|dad|mates|ex|girlfriend|boyfriend|cousin|mate|friend|friends {_MEDIA},
        everything|anything he|she|they tweeted|wrote|posted|shared|said,
        which|whose account|accounts|page|profile belongs|is|are,
        the|this|that account|page|profile belongs|behind,
        tenants|residents|campaign|protest|activist|estate|gang|community group posts|page|chat,
        what the group|gang|tenants|residents|activists|campaigners,
        who he|she|they hang|hangs|chills|rolls|associates, who in his|her|their,
        people who commented|liked|follow|shared|attended|went, profile links, location tags on his|her|their,
        location tags, {_WHOSE} {_MEDIA}, {_WHOSE} public|private|personal|old|new|other|latest|recent {_MEDIA},
        {_WHOSE} facebook|instagram|snapchat|insta|whatsapp|tiktok|twitter|x {_MEDIA},
        who he|she|they meets|meet|talks|talk|follows|follow|is|are|hangs|hang|speaks|speak|sees|messages|knows,
        what he|she|they posts|post|says|say|is_posting|is_saying|are_saying,
        what he|she|they are_posting|puts|put|shares|likes|writes|tweets|does,
        where he|she|they goes|go|is|are|was|were|has|have|hangs|lives|works|meet|meets, who he|she|they with,
        who he|she's with, who he been, who she been,
        {_WHOSE} mates|girlfriend|ex|mum|friends|contacts|family on|online,
        everything|anything he|she|they posts|post|says|has|have|puts|writes|shares,
        who likes|follows|comments|commented|liked|attends|attending|is_tagged|tagged|replies|shares|retweets,
        which accounts|people|users like|follow|comment|liked|attended,
        accounts|people that|who like|follow|comment|liked|tagged,
        everyone|anyone|people|all who liked|likes|follows|comments|commented|shared|attended|is_going,
        list of followers|everyone|people|accounts|names|attendees, follower list, members of the group,
        group members, this account daily|every|for|until|and, that account, this profile, this user, this lad,
        this bloke, this guy, this person, this woman, this kid, these accounts, these people|lads|kids|users,
        the organiser/s, the ringleader/s, protest organisers,
        what this|that|the bloke|lad|guy|man|woman|group|account|page says|posts|is|say
    """,
    "false_self": f"""
        account|profile|page as|in_the_name_of a|an|someone|another,
        using someone|somebody|dave|my|his|a|another else's|wife|mates|friends|friend profile|account,
        under his|her|my|a wife's|mates|friend's, wife's|wife|girlfriend|mate|mates|friend profile|account,
        as a 16|15|14|17 year, pretend to be|you|we, added him|her|them on|as|to|under,
        make|made|making up a profile|account|persona, ghost|troll account/s,
        get|getting into the|their gang's|gang|group|private, he|she|they has|have no idea it|it's|who|we|i,
        added him on, fake|dummy|false|alias|covert account/s|profile/s|insta|instagram|facebook|fb|snapchat,
        sock_puppet|burner|anonymous|pretend|made_up account/s|profile/s|insta|instagram|facebook|fb|snapchat,
        fake|dummy|false|alias|covert identity|name|page|persona|twitter|tiktok|login,
        sock_puppet|burner|anonymous|pretend|made_up identity|name|page|persona|twitter|tiktok|login, sock puppet,
        sockpuppet, under a|another|false|different|an name|alias, under another name, friend request/s to,
        send|sent|sending a|her|him|them|the friend|follow request, send him|her|them a friend|follow request,
        add him|her|them as|on|to, friend him|her|them, befriend him|her|them,
        don't|dont|without say|mention|letting|saying|telling|let police|we|you're|them_know|him_know|her_know,
        pretend|pretending to be a|his|her|an|someone, pose as a|his|her,
        join the|their|his|her|that {_GROUP}| group|chat|server, get into their|the private|whatsapp|group,
        infiltrate, lurk in|on, catfish
    """,
    "not_watch": """
        every time you, each time you, whenever you, send me your, take notes at, make a note of your,
        let's see you, lets see you, let's see your|the|how|if|who_can, keep a watch on pets|your|the_weather|our,
        keep an eye on|out_for your|replies|our|the|each|elderly|vulnerable,
        keep an eye on|out_for this|neighbours|bikes|belongings|bags|children|social, check out our|the,
        follow our|us|the|this|me|your, following us|our, look out for,
        find out more|how|about|what|when|if_your|who_your, watch our|this_space|out|your|the, watch this space,
        check the|our|your|council, monitor the|your|our comments|replies|account|bank|air|credit, search for your,
        track your, add us|your|our, friends of, message us, dm us, check your, look at our|the, see who_is_on,
        log on, log in, note the|that|your, record your, see what we|is|on|happens|you|else, find your|us|out_more
    """,
    "scam_advice": """
        scam/s, scammer/s, fraud, fraudster/s, romance, stranger/s, beware, report it, reported to, impersonating,
        official accounts, phishing, think before, protect your, your child, your children, parents, carers,
        online safety, safety, privacy settings, advice, tips, hackers, hacked, workshop,
        pretending to be police|us|officers, block and report, do not accept, don't accept, never accept
    """,
}
