"""What makes a process kind more or less likely: here and now, or the client's life."""

from __future__ import annotations

from sidelight.partnering.rules.cue import Cue, shade

_NO_MOVE = {"direction": -3.2, "on_track": -3.2}
_NO_PROCESS = {"support": -4.5, "direction": -4.5, "on_track": -4.5}

CUES: tuple[Cue, ...] = (
    shade("asked", {"support": 0.5, "direction": 0.4, "on_track": 0.5}, when="asked"),
    shade(
        "not_asked",
        {"support": -0.6, "on_track": -1.2},
        unless="asked",
    ),
    shade(
        "here_and_now",
        {"support": 0.9, "direction": 0.9, "on_track": 0.6},
        "(today|here|right now|@session|in this|with you|together|between us)",
        "(us|we)",
    ),
    shade("time_left", {"direction": 0.8, "on_track": 0.3}, "@time_left"),
    shade("after_fork", {"direction": 0.9}, when="client_fork"),
    shade("after_unsure", {"direction": 0.7, "support": 0.5}, when="client_unsure"),
    shade("again", {"direction": 0.5, "support": 0.3}, when="handed_over"),
    shade("leaves_open", {"direction": 0.9, "support": 0.5}, when="choice_given"),
    shade(
        "way_out",
        {"direction": 0.9, "support": 0.4},
        "or (something|somewhere|none|neither|anything|elsewhere|whatever|not)",
        "(something|anything|somewhere) (else|different|other)",
    ),
    # What gives the client's words back is not about the coach.
    shade(
        "about_the_coach",
        {"reflection": -4.0},
        "^ [and|so|ok|yes|right] i (am|will|can|do)",
    ),
    # Ways of being of the coach's are no next steps, unless a topic is offered too.
    shade(
        "my_ways_not_next_step",
        {"direction": -4.5},
        when="offers_myself",
        unless="offers_topic",
    ),
    # What the client came to choose is not chosen here.
    shade(
        "tells_the_wish",
        {"direction": -4.5},
        when="wish_told",
        unless="asked hands_over_now",
    ),
    shade("judges_share", {"direction": -3.0}, "of @what_you_wished"),
    shade(
        "rhythm_not_track",
        {"on_track": -4.5},
        "^ ~ (does|do|is|are|would) (that|it|this|the|our|@number|every|a) ~~ (suit|"
        "work|working|right|enough|ok|fine|good|best|fit)",
        when="arrangement",
        unless="names_session",
    ),
    shade(
        "rhythm_not_next_step",
        {"direction": -4.5},
        "(same time|weekly|monthly|every _)",
        "(our|@number more) (sessions|meetings|calls)",
        when="arrangement",
        unless="time_check",
    ),
    # The client's life: the same words, another journey.
    shade(
        "the_thing_moves",
        {**_NO_MOVE, "agreement": -3.2},
        "(where|which|what) ~ (would|do|did|might|will|should|are|you) ~ "
        "(want|like|love|wish|need|prefer|wanting|hoping) "
        "!(to|us|we|me|our|this|it to|that to|for|@session|the (focus|attention)|"
        "your attention|@time_left) _ ~ ~ (to|be|go|start|move)",
    ),
    shade(
        "with_your_life",
        _NO_MOVE,
        "(with|in|on|about|for|to|at|from|of) (your|the|this|that|my|our) [new|own|old|"
        "current|whole] @life",
        "your [own|new|current|next|whole|first|personal] @life",
        "(with|to|about|from|for) (him|her|his|their)",
        unless="we_offer",
    ),
    shade(
        "with_them",
        _NO_MOVE,
        "(with|to|about|from|for) them",
        unless="we_offer time_check listed client_fork",
    ),
    shade(
        "life_supports",
        {"support": -4.0},
        "@you_want ~ (your|the|him|her|them|his|their|people|others|"
        "someone|somebody) ~ "
        "[to] (be|help|support|listen|do|respond|show|challenge|give|act|treat|react)",
        "(support|help|challenge|listen*|push) ~ (your|her|him|them|his|their|people|"
        "others|a|each) [new|whole|own] (@relation|@life)",
        "(from|by|of) (your|the|him|her|them|his|their|people) ~",
        # Somebody by name.
        "(support|help|backing|feedback) ~ from !(me|my|us|our|here|this|today|now) _",
    ),
    shade(
        "in_your_life_time",
        {"direction": -2.6, "on_track": -2.6},
        "(in|over|for|within|during) (the|your|a|@number) [next|coming] ~ (years|year|"
        "months|weeks|decade|chapter)",
        "(at work|at home|in life|in general|professionally|personally|with your life|"
        "career wise|job wise|in the long|long term|back at|after the (session|move))",
        "(see yourself|be in|live|apply|retire)",
        "(by|on|next|this|until|before|for|about) (monday|tuesday|wednesday|thursday|"
        "friday|saturday|sunday|tomorrow|next week|next month|next year|christmas)",
        unless="restates_want we_offer",
    ),
    shade(
        "others_do",
        {"support": -3.5, "direction": -3.0, "on_track": -3.0, "agreement": -2.0},
        "(^|!(there) _) "
        "(does|did|do|will|would|is|was|has|can|could|should) (he|she|they|@life|"
        "(your|the|his|her|their) [new|own] @life) ~",
        "(he|she|they) (want*|need*|is|are|was|were|go*|has|have|would|will|could|"
        "started|did|does)",
        unless="may_decline",
    ),
    shade(
        "reported",
        _NO_PROCESS,
        "(@reporter|i|you) ~ (asked|ask|asks|asking|says|said|told|telling|goes|"
        "was like|wonders) ~ (you|me|him|her|them|us|yourself|himself|herself|"
        "themselves|everyone|people) !(for|to) ~ "
        "(what|where|how|which|is|are|do|does|whether|if|would|shall|should)",
        "@reporter ~ (said|asked) [to] (me|you|him|us) ~~ (what|"
        "where|how|which|is this|"
        "are we)",
        "@reporter [always|once|then|even] @said ~ (what|where|how|which|is|are|"
        "do|would|shall|should|up to|i|we|lets|want|whatever)",
        "(ask|asking|asked) (yourself|myself|him|her|them|people|clients|others|each|"
        "everyone|(your|the|my) @life)",
        "(question|phrase|sentence|line|words|words like|something) (is|was|like|such)",
        "(i|we) (used to|once|often|always|usually|sometimes|might|tend to) "
        "(ask|say|asked|said)",
        "last (time|session|week|month) ~ (asked|said|started|i|we)",
        "a (client|coach) ~ (asked|said|told|once|says|used)",
        "if (he|she|they|your|somebody|someone|a) ~~ (asked|said|ask)",
    ),
    shade(
        "technology",
        {"support": -4.0, "direction": -3.0, "on_track": -3.0},
        "(screen|camera|video|mic|microphone|mute|sound|window|volume|recording|"
        "link|wifi|headphones|heating|coffee|tea|water|tissue|toilet|bathroom|"
        "loo|break|email|calendar|invoice|phone|internet|connection)",
        unless="we_offer",
    ),
    shade(
        "wellbeing",
        {"on_track": -3.0, "support": -1.5, "direction": -2.6},
        "(another|a different) (day|time) $",
        "reschedul*",
        "(ok|all right|fine|good|happy) to (carry on|continue|keep going|go on)",
        "(need|want|take|have|like) (a|to take a|to have a) [little|quick|short] "
        "(moment|minute|break|second|breather|breath|pause|sec|tissue|drink)",
    ),
    shade(
        "permission",
        {"support": -4.0, "direction": -2.0},
        "(can|could|may|might|shall|ok if|all right if|mind if) i ~ (share|offer|say|"
        "tell you|suggest|add|give you|float|mention|ask [you] (a|something|one|about)|"
        "check|summari*|jump in|stop you|interrupt you|name|reflect|play)",
    ),
    shade(
        "lets",
        {"direction": -2.4},
        "^ ~ lets ~",
        "^ [so|ok|right|well|now|and|great|good] (we will|i will|i would like [us] to|"
        "i want [us] to|i am going to|we are going to|we need to|i think we "
        "(should|need)) ~ (start|begin|look|go|focus|talk|explore|do|move|come|take|"
        "turn|ask)",
        unless="choice_given",
    ),
    shade(
        "agrees_to_request",
        {"direction": -1.6, "support": -1.6},
        "^ [ok|yes|yeah|right|good|great|sure|lovely|of course|perfect|absolutely]"
        " (lets|we can|we will|i will|i can|so we|then we|so i) ~",
        when="client_requested",
    ),
    shade(
        "end_of_session",
        {"direction": -2.8, "support": -0.8},
        "(end|close|finish|wrap|complete|conclude|round off) ~ (the|our|this|today|"
        "session|up|here|things|off|$)",
        "(take away|taking away|accountab*|celebrat*)",
        "(between now and|next time|before we (meet|speak|talk))",
    ),
    shade(
        "agreement_not_direction",
        {"direction": -2.4},
        "(bring|bringing|brought|by the end|end of|walk away|come away|leave with|"
        "get out of|out of (today|this|our)|success|worthwhile|achieve|accomplish|"
        "take away)",
        "what ~~ @you_want ~~ (talk about|work on|focus on|explore|look at|discuss|"
        "cover|tackle|do|spend) ~ (today|this (session|hour|morning|afternoon|evening)|"
        "in our|with our|our time)",
        "what ~~ @you_want ~~ (today|our session|this session|our time|"
        "our conversation) ~ (focus*|look*|be about|explor*|to be)",
        unless="time_check listed",
    ),
    shade(
        "end_named",
        {"direction": -3.0, "closing": -3.2},
        when="opening names_end",
        unless="ending",
    ),
    shade(
        "topic_at_the_start",
        {"direction": -2.6},
        "what ~~ @you_want ~~ (talk about|work on|focus on|explore|look at|discuss|"
        "cover|tackle|do)",
        when="opening",
        unless="agreed time_check listed client_fork handed_over names_next",
    ),
    shade(
        "help_by_others",
        {"support": -4.0},
        "^ [so|and] who (can|could|will|might|would|else|is)",
        "(what|how much) (support|help) ~ (you (need|have|get|want)|there|available|"
        "around) ~ (around|with|that|for|at|from|in|on) ~",
        "(help|support) you (do|to do|with that|make|stick|achieve|keep|get)",
    ),
    shade(
        "yours_not_ours",
        {"direction": -3.0},
        "up to you (to (tell|ask|decide if|talk|make|call)|whether you|if you (tell|"
        "call|go|take|want to (tell|leave|stay))|how you (handle|respond|deal|tell))",
        "(take|taking) (it|this|that) (to|up with) (him|her|them|your|hr|the)",
        "(talk|speak|go|went|turn) to (him|her|them|hr|your|the @relation|someone|a)",
    ),
    shade(
        "past_tense",
        {"direction": -3.4, "support": -2.6},
        "(where|what|how|which) [way|one|direction] (did|was|were|had) ~",
        "(used to|back then|at the time|last time|last year|that day|years ago)",
        unless="restates_want",
    ),
    shade(
        "restating_only",
        {"on_track": -2.0},
        when="restates_want",
        unless="asked asked_in_turn",
    ),
    shade(
        "project_on_track",
        {"on_track": -4.0},
        "(is|are|was|were|keep*|stay*|get|getting|feel) ~ (the|your|a|that|my) "
        "[new|whole] @life ~ (on|going|working|helpful|useful|track|"
        "heading|help*|right)",
        "you are ~ on (track|the right track) ~ (with|in|at)",
        "(are|is) (you|he|she|it|they) ~ (on track|nearer|closer) (with|to|for) (your|"
        "the|a|getting (a|the)|finish*|being|hand*|deliver*|leav*)",
    ),
    shade(
        "asks_what_to_tell",
        {"support": -4.0, "direction": -4.0},
        "me to (start|begin|tell|explain|talk|say|share|go first|repeat)",
        "(what|how) (should|would) i (do|handle|tell|say) [him|her|them|do] "
        "(you think|$)",
    ),
    shade(
        "my_part_not_next_step",
        {"direction": -3.0, "agreement": -3.0},
        "(for|from|want|need|like) me [to]",
        "from my (today|here|now|$)",
        "(am|can|could|should|may|shall) i ~ (be|@my_part)",
        "my (role|part|job|task)",
        "me (be|to be)",
    ),
    shade(
        "next_step_not_agreement",
        {"agreement": -3.0},
        "(next|from here|from there|first|us to|at this point)",
        "(@dwell|look) ~ now",
        "@time_left",
        "(take away|taking away|leaving with) ~ (today|this|here)",
        "@session to ~ @move",
        unless="names_end",
    ),
    shade("next_step_not_support", {"support": -1.6}, "@time_left"),
    shade(
        "agreement_not_life",
        {"agreement": -2.0},
        "(with|in|on|about|for|to|at|from|of) (your|the|this|that|my|our) [new|own|old|"
        "current|whole] @life",
        "(from|for|by) (your|him|her|them)",
        unless="names_session",
    ),
    shade(
        "judging_not_agreement",
        {"agreement": -4.5},
        "(so far|have we|are we|is this|are you getting|did we|getting what)",
    ),
    shade(
        "going_on_not_agreement",
        {"agreement": -2.0},
        "(about|with|in|of) (that|this|it|all that|all this) $",
        unless="names_session",
    ),
    shade(
        "restated_not_agreement",
        {"agreement": -1.6},
        when="restates_want",
        unless="agreeing",
    ),
    shade(
        "courtesy",
        {"support": -3.5},
        "i ~ (send|email|call you|ring you|repeat|grab|get (a|you|my)|book|invoice|"
        "forward|text|pop|close|open the|turn|switch|mute|dial|wait for you)",
        "(link|worksheet|template|slides|notes|form|invoice)",
        "i (ask you|ask|check|clarify|understand|hear you right|get that right)",
        unless="my_part",
    ),
    shade("agreement_here", {"agreement": 0.8}, when="names_session"),
    shade(
        "looking_back",
        {"on_track": -2.6},
        "(did|was|were) (today|this session|our session|the session|our time|"
        "this conversation|we) ~",
        "(^|!(many|much) _) (did|have) you (get|got|gotten) ~",
        "how ~ you ~ leav*",
        unless="time_check way_out",
    ),
    shade(
        "was_the_session",
        {"on_track": -4.0},
        "^ ~ (was|were) (@session|today) ~",
        unless="time_check",
    ),
    shade("feel_as_think", {"emotion": -2.4}, "feel about"),
    # A client's sentences, where nobody says who speaks.
    shade(
        "room_first_person",
        {"support": -3.0, "direction": -3.0, "on_track": -3.0},
        "(i|we) (want|think|would like|guess|suppose|need|wonder|feel|do not know|keep|"
        "have to|am|was|had|said|asked|just)",
        "(my|me|mine) ~ (@life|@relation)",
        when="room",
        unless="you_are_asked",
    ),
    shade(
        "room_long_turn",
        {"support": -1.5, "direction": -1.5, "on_track": -1.5},
        when="room very_long_turn",
    ),
    shade(
        "room_nobody_addressed",
        {"on_track": -1.6},
        when="room",
        unless="says_you says_we",
    ),
    shade(
        "room_whose_wish",
        {"on_track": -1.2},
        when="room restates_want",
        unless="says_we names_session checks_conversation",
    ),
    shade(
        "room_me_to_go_on",
        {"support": -3.0},
        "me to ~ (keep going|go on|continue|carry on)",
        when="room",
    ),
    shade(
        "room_i_ask",
        {"support": -3.0, "direction": -3.0, "on_track": -3.0},
        "(can|could|shall|should) (i|we)",
        when="room",
        unless="names_you_or_us",
    ),
)
