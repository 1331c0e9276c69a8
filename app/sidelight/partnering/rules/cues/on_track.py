"""Cues of ``on_track``: the client judges this conversation against what was wanted."""

from __future__ import annotations

from sidelight.partnering.rules.cue import Cue, sign

_JUDGE = "asks whether this serves what the client wanted"
_WANT = "comes back to what the client wanted and asks how near it is"

CUES: tuple[Cue, ...] = (
    sign(
        "on_track.is_this",
        "on_track",
        3.8,
        "(is|are|does|has|was|did) ~ @session ~~ (useful|helpful|what you|the one|"
        "conversation you|on track|heading|going|getting|taking|giving|serving|working|"
        "need|needed|want|wanted|help|helping|moving|match|landing|meeting|right|"
        "worth|worthwhile|value|close|closer|near|nearer|valuable|relevant|best use|"
        "good use|where you|direction|doing|touching|answering|been|feel)",
        "(how|where) (is|are|does|do) ~ @session ~ (going|working|serving|feel|"
        "landing|heading|helping|measuring|doing|sitting|match|compare|for you|leave)",
        "(right|same|very|one) (conversation|session|thing to be|question to be|"
        "thing for us)",
        "(conversation|session|talk|chat|discussion) (you|that you) ~ (need|want|"
        "wanted|needed|came|hoped|were|be)",
        says=_JUDGE,
    ),
    sign(
        "on_track.are_we",
        "on_track",
        3.7,
        "(are|is|have|were|do) (we|you|this|it|that|any of this|any of that|what) ~~ "
        "(on track|on course|off track|off course|nearer|closer|any closer|"
        "(getting|got|gotten|moved) [any|you] (closer|nearer|there|somewhere|anywhere|"
        "what you|where you)|right track|"
        "in the right (place|area|direction|territory|spot)|"
        "heading (where|towards|toward|for|in)|going where|where you (wanted|hoped|"
        "need|want|thought)|still (on|with) (it|that|the|your|course)|wandered|drifted|"
        "where we need|getting to|barking up|answering (your|the)|"
        "what you (came|wanted|asked|hoped|needed|need)|"
        "the (bit|part|thing) you (came|wanted|asked|hoped))",
        "(how|where) (are|do|have) we ~ (doing|getting on|stand|getting|come|got) ~ "
        "(with|against|on|for|in relation|compared|as to|to|now|so far|far)",
        "how (close|near|far) we are",
        "how (close|near|far) (are|is|have|does|do|off) (we|you|this|it|that)",
        "(how|where) are we (doing|at|now|with|on|in|against|compared) ~ "
        "(that|your|what|against|with|compared|relation|so far|for you|terms|"
        "wanted|outcome|question|goal)",
        "(am i|are we) [still] (with you|on the right|following)",
        says=_JUDGE,
    ),
    sign(
        "on_track.is_this_helping",
        "on_track",
        3.3,
        "(is|are|has|does|was) (this|it|that|any of this|all this|what) ~ (useful|"
        "helpful|helping|help|working|serving|been|taking|getting|giving|moving|"
        "heading|going|still|getting you|taking you|bring*|lead*|feel*) ~~ (you|what|"
        "where|so far|right|way|direction|need|wanted|want|towards|toward|for|near*|"
        "closer|conversation|helpful|useful|anywhere|somewhere)",
        "(is|are) (this|it|that) [still] (what|where|the thing|how) you ~ (need|want|"
        "wanted|needed|came|hoped|hoping|after|looking|meant|thought|imagined|asked|"
        "had in mind|wish|expected)",
        "(is|does) (this|it) ~ (useful|helpful|helping|working|any use|any good|"
        "worthwhile) ~ $",
        "how (useful|helpful|well|much) (is|has|does|are) (this|it|we|that) ~ "
        "(for you|so far|been|is|serving|helping|working|work|help|match|meet|give*|"
        "address|$)",
        "how (is|are) (this|it|that) (going|working|serving|landing|helping) "
        "(for you|you|so far|as|in|with)",
        "how (is|are|am) (this|we|it) (doing|so far|going so far)",
        says=_JUDGE,
        when="asked",
    ),
    sign(
        "on_track.want_then_ask",
        "on_track",
        3.0,
        "!(would you @want) "
        "(is|are|does|do|have|has|would|did|am) (we|this|it|that|you|i|what|these|any|"
        "the) ~~ (near*|close*|there|help*|bring*|get*|take*|taking|serv*|answer*|"
        "match*|still|touch*|mov*|giv*|fit*|connect*|relate*|lead*|far|work*|on it|"
        "part of|it|that|same|clear*|done|enough|elsewhere|somewhere|right|"
        "shift*|chang*|happen*|yet|so far|already)",
        "(how|where) (is|are|do|does|has|have|would|did) ~ (we|this|that|it|you) ~ "
        "(leave|stand|at|sit|fit|going|doing|relate|connect|serve|compare|match|that|"
        "now|against|with|close|near|far|help|come|got|on)",
        "(how|where) are we $",
        "what (has|have|is|are) ~ (answered|missing|done|still|left|moved|shifted|"
        "changed|untouched|lacking|open|unsaid|we not) ~",
        "(how (much|many)|what (part|share)) ~ (of (that|it|them|those)|is there|"
        "are there|have (you|we)|do (you|we) have)",
        "(nearer|closer|further|any (nearer|closer)|on course|still (true|the|it|"
        "that|right|what))",
        says=_WANT,
        when="restates_want asked",
    ),
    sign(
        "on_track.how_much",
        "on_track",
        3.3,
        "(how (much|many)|(what|which) (part|share|portion|bit|piece|percentage|"
        "fraction|proportion)|what) ~~ (of|off|from|in) @what_you_wished",
        "how (complete|full|finished|ready) (is|are) ~~ you (came|wanted|hoped|asked)",
        says=_WANT,
        when="asked",
    ),
    sign(
        "on_track.is_this_where",
        "on_track",
        3.4,
        "(is|are|was) (this|that) ~ (the (thing|question|place|topic|"
        "conversation)|what|where|"
        "how) ~ (we|you|us) ~ "
        "(should|want*|need*|hoped|hoping|point*|head*|talk*|supposed|meant|going|"
        "aim*|after|came|intended|looking|were)",
        "(are|is|have) (we|us|this) ~ (pointing|pointed|heading|headed|doing|talking|"
        "spending|covering|where) ~ (what|where|it|right|the thing|"
        "for you|something) ~ "
        "(you|we|thing|useful|need|want*|hop*|matter*)",
        says=_JUDGE,
        when="asked",
    ),
    sign(
        "on_track.where_leave",
        "on_track",
        2.6,
        "where (does|do|has) (that|this|it|all (that|this)) leave (you|us) ~ (with|on|"
        "in relation|and)",
        "where (does|do) (that|this|it) leave (us|what you wanted|your)",
        says=_WANT,
        when="time_check",
    ),
    sign(
        "on_track.compare_want",
        "on_track",
        3.4,
        "(compared|relation|relative|against|in terms of|back to|given|thinking back|"
        "measured|relate* to|relates to|connect* to|connected to|fit* with|"
        "link* to|link* back to|next to|beside|alongside) ~ (what|where) you ~ "
        "(wanted|said|asked|came|hoped|"
        "hoping|looking|set out|brought|were|needed|started)",
        "(match*|serv*|meet*|answer*|address*|cover*|help*|closer to|nearer to|near|"
        "towards|toward|get* you|far from|move* you|give* you|giving you|"
        "getting you|taking you|got) ~ (what|where|the thing|the question|the outcome|"
        "that question|your question|the goal|your goal|your outcome) [that] [you] ~ "
        "(wanted|said|asked|came|hoped|hoping|looking|set out|brought|were|needed|"
        "need|want|wish|started|set|for today|today|for this)",
        says=_WANT,
        when="asked",
    ),
    sign(
        "on_track.check_in",
        "on_track",
        2.6,
        "check in [with you]",
        "(checking|check) ~ (in|we|with you|this|that)",
        "(quick|little) check",
        says="checks with the client",
        when="checks_conversation",
    ),
    sign(
        "on_track.got_what",
        "on_track",
        2.5,
        "(did|have|are|do) you (get|got|getting|gotten|feel you) ~ what you ~ "
        "(wanted|needed|came|hoped|need|want|were|asked)",
        "(getting|got) what you ~ (need|want|came|wanted|needed|hoped)",
        "(gotten|getting|got) [you] (where|to where) you ~ (want*|need*|hop*)",
        says=_JUDGE,
        when="asked",
    ),
    sign(
        "on_track.what_missing",
        "on_track",
        3.0,
        "what (would|do|else|is) ~ (missing|left|still|need*) ~ (so that|for you to|"
        "to (get|make|reach|have)|before we|for this to) ~~ (today|wanted|session|"
        "conversation|useful|worth|there|finish|end|done)",
        "(on|in) a scale ~~ (conversation|session|what you wanted|where you wanted)",
        says=_WANT,
        when="asked",
    ),
)
