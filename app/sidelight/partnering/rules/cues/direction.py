"""Cues of ``direction``: the client chooses or refuses the next step."""

from __future__ import annotations

from sidelight.partnering.rules.cue import Cue, sign

_NEXT = "asks where to go next"
_START = "asks where to start"
_CHOICE = "leaves the choice open"
_TIME = "asks how to use the time that is left"
_OFFER = "offers a next step that can be declined"
_MENU = "offers possibilities for the next step"

CUES: tuple[Cue, ...] = (
    sign(
        "direction.where_start",
        "direction",
        3.6,
        "(where|what|which|how) ~~ @you_want ~~ @begin",
        "(where|which ~|what ~) (shall|should|do|will|would|can|could|might) (we|i) ~ "
        "@begin",
        "(where|which ~) (is|feels|would be|might be|seems) ~~ @begin",
        "(where|which ~) to (begin|start)",
        "(first|starting|entry) (point|place|step) for (us|this|today|our)",
        "where (are|is) (we|you|this) (starting|beginning)",
        "where are you @begin",
        says=_START,
    ),
    sign(
        "direction.where_begin_short",
        "direction",
        3.4,
        "^ [so|ok|well|right|now|then|and|lovely|great|good] where (to|first|would you "
        "begin|would you start|do you begin|do we begin|do you start) ~ $",
        "where do (you|we) (begin|start|want in|jump in)",
        says=_START,
        unless="room",
    ),
    sign(
        "direction.where_go",
        "direction",
        3.6,
        "where ~~ @you_want ~ [us] [to] @move",
        "where ~~ @you_want ~~ (us|this|our|we|conversation|session|to be next)",
        "where (shall|should|do|will|would|can|could|might|are) (we|i) ~ @move",
        "(where|which) [else] (next|now) (for|with) (us|this|you)",
        "where ~ (@move|take|lead) (us|this|the conversation|our conversation)",
        "where ~ (you|we) ~ (go|going|head*|move|want|like|"
        "turn) ~ (from here|from there|"
        "next|now) $",
        "where ~~ (go|turn|head|look|move) ~ (now|next|from here) $",
        "(which|what) (way|direction) ~~ (we|us|from here|from there|next|now)",
        "(which|what) (way|direction) @you_want",
        "(where|what|which way) ~~ (we|us) (should|shall|could|might|ought to) [be] ~ "
        "(@move|@begin|@dwell|put*|spend*|look*|focus*)",
        "(where|what) (should|shall|could|might) (we|"
        "i) [be] ~ (putting|spending|looking|"
        "focusing|giving)",
        "how (shall|should|would|do) ~ (we|you) ~ (proceed|continue|go on|go about|"
        "go forward with this|carry on from here|move from here|take this|"
        "take it from here|play this|use this|approach this|do this)",
        "what (comes|is|would be|should be) (next|first) (for us|here|today|now|"
        "in this|between us|in our)",
        "what is [our|the] next (for us|here|step for us|step here|"
        "step in this conversation)",
        "(what|where) next (here|for us|in this|then)",
        "where to (from here|next|now)",
        says=_NEXT,
    ),
    sign(
        "direction.what_dwell",
        "direction",
        2.3,
        "(what|which|where|who) ~~ @you_want ~~ (us [to]|to|we|i) ~ @dwell",
        "(what|which|where|who) ~~ @you_want ~ @dwell",
        "(what|which ~) (shall|should|could|do|would|will|can|might) we ~ @dwell",
        "(what|which ~) (of that|of those|of these|of all that|of all this|bit of "
        "that|part of that|piece of that|of them) ~~ @you_want",
        says="asks what to look at",
    ),
    sign(
        "direction.which_thread",
        "direction",
        3.2,
        "which [one|@thread] ~ (pull*|call*|draw*|shout*|speak*|alive|hot*|loud*|"
        "close*|energy|pressing|urgent|heav*|matter* most|useful|"
        "important|first|juic*)",
        "what (is|feels|seems) ~ (pulling|calling|drawing|"
        "alive|pressing|loudest|"
        "most urgent) ~",
        "what (is|feels|seems) [the] [most] (important|useful|"
        "interesting|worth) ~ (now|"
        "right now|here|to (look|explore|talk|take|discuss|focus|stay|spend))",
        "(which|what) ~ (has|have|holds|catches|got|grabs) your (attention|energy|eye|"
        "curiosity|interest)",
        "(if|of|was) ~~ one (bit|part|piece|thing|thread|"
        "end) ~~ ~~ (today|now|here|first) ~ "
        "(which|what)",
        "(which|what) [@thread] ~~ @you_want ~ (first|next|now|follow|pull|pick|take|"
        "explore|open|pick up)",
        "which (@thread) ~~ @you_want",
        "which (end|bit|thread|strand|part|one|way|piece) (first|next|now|then)",
        "which [one] (shall|should|do|would|will) (we|you) ~ (take|pick|follow|pull|"
        "go|open|start|choose|begin)",
        "(which|what) ~ (wants|deserves|needs) [our|your|the|some|most] "
        "(attention|air|airtime|time|energy)",
        "what (has|holds) [the|your] most (energy|charge|juice|heat|life|pull)",
        "where is the (energy|heat|charge|juice|pull) [for you] [right] [now|in]",
        "where (does|do|is) (your|the) (attention|energy|curiosity|interest|gut) ~ "
        "(go*|want*|pull*|tak*|lead*|draw*)",
        says="asks which thread to follow",
    ),
    sign(
        "direction.bare_which",
        "direction",
        3.4,
        "^ ~ (which|what) (way|one|thread|direction|bit|end) [is it|now|next|then|so|"
        "first|for you|today] $",
        "^ [so|ok|and|right|well|then|yeah] (where|what) (next|now|to|to now|to next|"
        "first|to first|to from here|from here) [then|so] $",
        "^ [so|and|ok|right] which $",
        says=_NEXT,
        unless="client_planned",
    ),
    sign(
        "direction.time_left",
        "direction",
        3.4,
        "(what|how|where|which) ~~ (you|we|us|be) ~~ (with|use|spend|"
        "for|in|from|out of|"
        "fill|do with|during) ~ @time_left",
        "(with|in|given|for) ~ @time_left ~~ (what|where|how|which) ~~ "
        "(you|we|us|be|most)",
        "@time_left ~~ (what|how|where) (would|do|shall|should|could|is|will|are) ~ "
        "(you|we|be|most) ~~ (do|use|spend|like|want|need|with|focus|them|it|worth|"
        "useful|matter*)",
        "what ~ (best|good) use of ~ (@time_left|time)",
        says=_TIME,
    ),
    sign(
        "direction.time_then_ask",
        "direction",
        3.2,
        "(what|how|where|which) ~~ @you_want",
        "(what|how|where) ~ (use|spend|do with) (it|them|that|those|these|this)",
        "what (is|would be|feels|matters) ~ (most|best|useful|important|important) ~ "
        "(do|now|with|cover|for)",
        "what (gets|fills|goes in*|deserves|needs|matters) ~",
        "(what|where|how) (shall|should|do|could) (we|you) ~ (do|go|use|spend|with)",
        says=_TIME,
        when="time_check asked",
    ),
    sign(
        "direction.time_is_yours",
        "direction",
        2.6,
        "minutes ~~ (yours|belong to you)",
        says=_TIME,
    ),
    sign(
        "direction.your_call",
        "direction",
        3.0,
        "up to you (where|what|which|how (we|to use)|if we|whether we|really|entirely|"
        "completely)",
        "(you|your) (choose|pick|decide|lead|drive|steer|are driving|are leading|"
        "are steering|are in the driving|are in the driver|have the wheel|"
        "get to (choose|pick|say|decide)) ~ (where|what|which|how|way|first|next|us|"
        "seat|route|direction|thread|we|one)",
        "(where|what|which|how|wherever|whichever|whatever) ~~ (is|are) (up to you|"
        "your (call|choice|decision)|yours to (choose|decide|pick))",
        "(go|start|begin|take us|take it|jump in|pick up) (wherever|where ever|"
        "anywhere|where you|whichever|with whatever|with whichever)",
        "(i will|i am happy to|happy to) (follow|go with|go wherever|come with) ~ "
        "(you|your|wherever|lead)",
        "(wherever|whichever|whatever|anywhere) you (like|want|fancy|choose|think|"
        "prefer|need|wish|please) ~ (go|start|begin|first|next|now|look|from|talk|"
        "explore|us)",
        "(start|begin|go|look|talk|explore) ~ (wherever|whichever|anywhere|whatever) "
        "you",
        "take (us|this|it|the conversation) (where|wherever)",
        "(you tell|tell|you say|you show) [me] (where|which|what) ~ (we|us)",
        "follow your (lead|nose|energy|curiosity)",
        "(your|you are) (call|choice|pick) (where|what|which|how)",
        says=_CHOICE,
        unless="choosing_was_wished",
    ),
    sign(
        "direction.choose_one",
        "direction",
        3.2,
        "(pick|choose) (one|a thread|whichever|any|which|an end|where)",
        says=_CHOICE,
        unless="choosing_was_wished",
    ),
    sign(
        "direction.bare_choice",
        "direction",
        2.9,
        "^ ~ (it is|its|that is|totally|completely|entirely) up to you ~ $",
        "^ ~ up to you ~ $",
        "^ ~ (your|you are) (call|choice|pick|walk|session|hour|agenda|lead|decision) "
        "~ $",
        "^ ~ (over|back) to you ~ $",
        "^ ~ you (choose|pick|decide|lead|tell me|say) ~ $",
        "^ ~ (i am|i will be) (in your hands|following you|with you wherever)",
        says=_CHOICE,
        when="offers",
    ),
    sign(
        "direction.yours",
        "direction",
        2.6,
        "^ [it is|its|this is|well] your (walk|session|hour|time|agenda|conversation|"
        "call|space)",
        "you are (driving|the driver|in the driving seat|in the driver seat|leading)",
        says=_CHOICE,
    ),
    sign(
        "direction.we_could",
        "direction",
        2.6,
        "we (could|can|might) ~~ or ~~ (we|could|look|go|stay|explore|something|"
        "somewhere|leave|turn|park|the|do)",
        "(would|do) you @want ~~ (explore|stay|look at|look|go|talk about|work on|"
        "focus|keep|carry on|spend|do|start|begin|turn|get|pick) ~~ or ~~ (explore|"
        "stay|look|go|talk about|work on|focus|leave|something|somewhere|turn|move|"
        "shift|park|come back|do|is there|would|start|begin|get|pick|the)",
        "@you_want [us] to (say more|sit|stay|go|hear|explore|look|"
        "talk|keep|carry|open|"
        "follow|continue|dig|spend|unpack) ~~ or ~ (go|shall|should|is there|would|"
        "is it|move|look|turn|come|leave|something|somewhere|do)",
        "(shall|should) we !(be|say|call|assume) ~~ or ~",
        "should i ~~ or ~~ (shall|should|we|go|look|move|turn|park|come|explore|start)",
        "do we (take it|go|start|stay|look|work|do|talk|begin|move|keep) ~~ or ~",
        "(would you rather|would you @want to|do you @want to) (talk|write|draw|map|"
        "act|play|walk|say|think|sketch) (it|this|that) ~~ or ~",
        "is it ~~ (look at|explore|talk about|start with|stay with|want|begin with) ~~ "
        "or",
        "(stay|stick|continue|carry on|keep going) (with|here|on) ~~ or ~~ (move|go|"
        "turn|shift|switch|look|something|elsewhere|come back|change)",
        "(more of this|keep going|carry on|stay here|stay with this|deeper|go on) or "
        "(something|somewhere|move|turn|change|go|shall|are|back|a)",
        "(deeper|further) (in|into it|into this|here) or ~",
        says=_MENU,
    ),
    sign(
        "direction.list_then_which",
        "direction",
        3.2,
        "which (one|of|way|is|would|do|feels|next|first|shall|should)",
        "(what|where) (would you|do you (want|fancy|feel)|feels|next|first|shall we|"
        "should we)",
        "or (something|somewhere|none|neither|elsewhere|anything) ~",
        says=_MENU,
        when="listed",
    ),
    sign(
        "direction.we_proposal",
        "direction",
        2.9,
        "(shall|should|could|can|may|will) we ~ (@dwell|@move|pause|come back|slow|"
        "start|begin|keep|stay|leave|pick|change|switch|shift|stop there|try) ~~ "
        "(that|this|there|it|here|the|your|towards|deeper|further|next|first|a)",
        "(would you|do you|you) @want ~ (us to|to) ~ (explore|stay with|look at|"
        "unpack|dig into|dig|go into|go deeper|go there|talk about|spend|pick|"
        "come back|go back|return|turn to|turn|linger|keep going|carry on|continue|"
        "start|begin|focus|work on|get into|untangle|follow|play with|try|do a|do some|"
        "take a closer|look closer|have a look|go further|open) ~ (that|this|there|it|"
        "here|the|with|deeper|further|some|a|on|more|your|closer)",
        "(would|is|might|will) (it|that|this) [be] (useful|helpful|ok|worth|good|"
        "interesting|of use|any use|all right|fine|make sense|help|serve you) "
        "[for you] [if we|to|for us to|us] ~ (explore|exploring|stay|look|unpack|dig|"
        "go|talk about|spend|pick|come back|return|turn|slow|pause|linger|focus|"
        "looked|explored|stayed|went|spent|turned|came|paused|slowed|try|tried|"
        "follow|followed|think|work|park|parked|leave|left)",
        "(would|might) it be _ ~ to (explore|stay with|look at|go into|sit with|"
        "stay here|come back to|return to|dig into) ~ (that|this|it|here|there|the)",
        "(how would it be|how about|what if|what about) ~ (we|if we|to) ~ (explor*|"
        "stay*|look*|unpack*|went|go|spent|spend|pick*|turn*|slow*|paus*|park*|"
        "left|leave|follow*|start*|beg*|came|come|returned|return|talk*|try|tried)",
        "are you (up|game|open|willing|ok|happy) (for|to|with|if) ~ (explor*|stay*|"
        "look*|unpack*|go|going|us|we|spend*|pick*|turn*|slow*|dig*|try*|a)",
        "(fancy|feel like|up for) (going|looking|exploring|staying|digging|starting|"
        "having a look|spending|trying|a look|unpacking)",
        "(want|like|happy) to (explore|go|stay with|look at|unpack|dig into|go into|"
        "talk about|stay|pick|open|follow|try|keep going with|carry on with) "
        "(that|this|there|it|here|deeper|more) ~ $",
        says=_OFFER,
        when="asked",
    ),
    sign(
        "direction.declinable",
        "direction",
        3.2,
        "we (could|can|might) (do|try|play|write|say|draw|use|walk|act|map|go) ~",
        says=_OFFER,
        when="may_decline",
    ),
    sign(
        "direction.anything_to_follow",
        "direction",
        3.0,
        "(is there|anything|something) ~ (there|that|this|here|it) ~ you @want to ~ "
        "(follow|explore|pick up|look|stay|say|go|pull|open|talk|unpack|dig|take)",
        says=_OFFER,
        when="asked",
    ),
    sign(
        "direction.go_there",
        "direction",
        3.0,
        "(shall|will|should|could|can) we go there",
        "(want|like|willing|ready|happy) to go there",
        "(is|are) [that|this|we|you] (somewhere|a place|where) you (want|would like|"
        "would want) (to go|to be|us)",
        "(worth|want) (exploring|following|staying with|opening|a look|looking at) "
        "(here|now|today|that|this|or)",
        says=_OFFER,
    ),
    sign(
        "direction.change_plan",
        "direction",
        3.0,
        "(does|is|has) (that|this|it) ~ (change|changed|shift|alter) (what|where) "
        "(we|you) ~",
        "(would|do) you ~ (change|shift|switch) (tack|direction|course|focus|topic|"
        "what we)",
        "(change|switch|shift) of (tack|direction|plan|focus|course)",
        says=_NEXT,
    ),
    sign(
        "direction.more_here_first",
        "direction",
        2.6,
        "(anything|something) (else|more) ~ (here|on this|about this|"
        "about that|on that|"
        "in this) ~ before we (move|go|turn|leave)",
        says=_OFFER,
    ),
    sign(
        "direction.what_now",
        "direction",
        2.4,
        "what (would|do|feels|is|seems) ~ (most|best) ~ (now|right now|next|here|"
        "at this point|first|for us|in this)",
        "what do you (need|want) (next|from here|now from|first|to happen now|"
        "to happen next|to do next here|to do with this|to do with that)",
        "what (would|do) you @want (to happen|to do) [with] (next|"
        "now|here|this|in the)",
        "what (does|do) (this|the) (conversation|session) need",
        "what (is|are) (wanting|needing|asking) (attention|to be|our)",
        "what ~ (deserve*|need*|want*) ~ (attention|air|airtime|time) ~",
        "what else (do we|do you|should we|shall we|would you|needs|is there) ~~ "
        "(look|cover|talk|today|explore|time|attention|space|here|session)",
        says=_NEXT,
        when="asked",
    ),
    sign(
        "direction.we_question",
        "direction",
        2.3,
        "(where|which|what) ~~ (should|shall|do|could|can|might|will|ought) (we|us) ~",
        "how (should|shall|do|could|can|might|will) we ~ (use|spend|start|begin|divide|"
        "continue|go|carry|take|tackle|approach|do this|proceed)",
        "(where|which|what|how) ~~ @you_want (us|we) ~",
        "(where|which|what) ~~ (we|us) ~ (first|next|now) $",
        says=_NEXT,
        when="asked",
        unless="room",
    ),
    sign(
        "direction.which_of_them",
        "direction",
        2.5,
        "which ~~",
        "(what|who) ~ (first|next|now) $",
        "@you_want to (start|begin|lift|take|open|look|go|pick|follow|stay) ~",
        says="asks which thread to follow",
        when="asked client_fork",
        unless="room",
    ),
    sign(
        "direction.stay_or_other",
        "direction",
        2.8,
        "(keep (on|going)|stay|stick|carry on|continue|keep at it|"
        "go on) (with|at|on|in|"
        "here) ~~ or ~",
        "(this|that) or ~ (other|next) (thing|one|bit|part|thread)",
        "the other (thing|one|bit|thread) ~",
        says=_MENU,
        when="asked",
        unless="room",
    ),
    sign(
        "direction.from_here",
        "direction",
        3.0,
        "^ [and|so|ok|well|then] (from here|next|what next|where) [then] $",
        says=_NEXT,
        when="asked_or_bare",
        unless="room client_planned",
    ),
    sign(
        "direction.lead_statement",
        "direction",
        3.3,
        "(i will|i am going to|let me) (let|leave) ~ you ~ (choose|pick|decide|lead|"
        "steer|where|take us|which)",
        "(i will|i would) leave (it|that|the next|where|the) ~~ (you|with you|to you|"
        "your hands)",
        "(lead|take) the way",
        "(you|your) (steer|lead|hands on the wheel)",
        "(where|which) ~ is for you to (say|choose|decide|pick)",
        "(i have no|no) (agenda|plan|map|preference) ~~ (you|where|which|go|start|"
        "wherever)",
        "(i do not mind|i am easy|happy either way|either is fine|no preference)",
        says=_CHOICE,
    ),
    sign(
        "direction.offer_after",
        "direction",
        2.4,
        "(there is|there are|you mentioned|we could|you talked|i heard|you said|"
        "you named) ~~",
        "or ~ (something|somewhere|none|neither|elsewhere)",
        says=_MENU,
        when="client_unsure handed_over",
    ),
    sign(
        "direction.shrug_fragment",
        "direction",
        2.6,
        "^ [so|and|ok|or|well|right] (this|that|here|there|the ~) ~ or ~ $",
        says=_MENU,
        when="handed_over fragment",
        unless="room",
    ),
)
