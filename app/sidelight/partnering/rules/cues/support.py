"""Cues of ``support``: the client shapes the coach's own part in this conversation."""

from __future__ import annotations

from sidelight.partnering.rules.cue import Cue, sign

_PART = "asks about the coach's part"
_HELP = "asks how to help in this conversation"
_OFFER = "offers ways of being for the client to choose"

CUES: tuple[Cue, ...] = (
    sign(
        "support.what_from_me",
        "support",
        3.8,
        "(what|how much|anything|something|is there) ~~ (you|be) ~~ from me",
        "(need*|want*|like|helpful|useful|ask*|hop*|expect*) ~ (from|of) me",
        "(useful|helpful|best|good|more) ~ (from|of) (me|my)",
        "(what|how|which|anything) ~~ (from|on) my (side|end|part)",
        says="asks what the client needs from the coach",
    ),
    sign(
        "support.want_me",
        "support",
        3.6,
        "(what|how|where|when|which|is there) ~~ @you_want ~ me ~~",
        "(how|what) ~ me to (be|do|listen|show|respond|hold|play|"
        "work|act|help|support)",
        "(do|would|should|did) you ~ @want me ~ (to|being) ~ @my_part",
        "^ [so|or|and|ok] [you] (want|like|need) me [to|just] ~ @my_part",
        "@you_want me to ~ @my_part_strong",
        "(would|does|might|will) it [be] (help|helpful|useful|ok|good|better) ~ "
        "(if i|for me to|me to|me) ~~ @my_part",
        says=_PART,
    ),
    sign(
        "support.how_can_i",
        "support",
        3.4,
        "(how|what) (can|could|may|might|should|shall|would|do|else can|else could|"
        "best can|must|am) i ~ (support|help|serve|be|do|assist|listen|show up|hold|"
        "useful|of|at|best|play|bring|offer|work with you|make this|make it|accompany|"
        "partner|keep you|challenge|stretch|push)",
        "how [best] (can|could|might|may) i",
        "(way*|thing|most) ~ (can|could|may) i ~",
        "(thing|way|most) [that] i (can|could|should) (do|be|offer)",
        "(way|ways) [that] i (can|could|might) ~ (support|help|be|serve|challenge)",
        "what (am|should|could|can|would|must|are) (i|me) ~ (to be|be doing|"
        "doing) ~ (while|as|when|for you|here|today)",
        "what kind of (coach|presence|listener|partner|support|help|listening|coaching|"
        "challenge|space) ~~ (me|i|you|today|here)",
        says=_HELP,
    ),
    sign(
        "support.my_role",
        "support",
        3.6,
        "(what|how|which) ~~ my (role|part|job|place|stance|task|contribution|"
        "presence|style|hat)",
        "my (role|part|job|place|task) ~ (here|today|in this|while|as you|be|look)",
        "(and|what about) (me|myself) ~ (what|how)",
        "(what|which|how) (would|do|does|should) ~ (role|part) ~ (me|i)",
        says=_PART,
    ),
    sign(
        "support.should_i",
        "support",
        3.3,
        "(shall|should|can|could|may|will|would) i ~ @my_part_strong",
        "(shall|should) i ~ (be quiet|listen|keep|wait|hold|push|ask|stay|name|say|"
        "tell you|step|leave you|let you|note|sit)",
        "(shall|should|would|can|could|do) i ~~ or ~ (shall i|should i|do you want me|"
        "i)",
        "(should|shall) i (be|keep|stay) ~",
        "what (should|shall|can|could|do|am) i ~ (listen* [out]|watch|look out|"
        "look* for|pay attention|notice|keep an (eye|ear)|be listening|catch|track|"
        "hold|keep in mind|ask you|note|attend)",
        "(listen|watch|look|keep an ear|keep an eye) out for [as|while|when]",
        says=_PART,
        when="asked",
    ),
    sign(
        "support.how_will_i_know",
        "support",
        3.4,
        "how (will|would|can|could|do|should|might) i (know|tell|notice|see|spot|"
        "recognise|recognize|pick up) ~ (if|when|that|whether)",
        "how will you let me know",
        "(how|what) (would|will|could) you (let me know|tell me|signal|say to me)",
        "what (is|would be) (my|the|your) (cue|signal|sign)",
        says="asks how the coach will know",
    ),
    sign(
        "support.how_hard",
        "support",
        3.2,
        "how (hard|much|far|direct|blunt|gentle|gently|tough|quiet|close|honest|deep|"
        "fast|slow|challenging|straight|pushy|firm|frank|bold|often|loud) ~ "
        "(should|can|may|could|do|would|shall|am|me|i) ~ (me|i|be|push|go|"
        "challenge|want|like|ask|press)",
        "(more|less) (challenge|push|listening|questions|silence|structure|space|"
        "quiet|talking) from me",
        says="asks how far the coach should go",
    ),
    sign(
        "support.listener_or",
        "support",
        3.0,
        "(sounding board|thinking partner|mirror|cheerleader|devil advocate|"
        "listening ear|witness|challenger|critical friend)",
        says=_OFFER,
        when="asked",
        unless="room",
    ),
    sign(
        "support.want_me_short",
        "support",
        2.9,
        "^ ~ (want|like|need) me to ~",
        "@you_want me ~ (keep|ask|say|tell|just|do|help|hold|stay|go)",
        says=_PART,
        when="asked",
    ),
    sign(
        "support.anything_need",
        "support",
        2.6,
        "(anything|something|what) ~ (i|me) ~ (can do|could do|"
        "should do|do differently|"
        "do more|do less|should (know|change|stop)|stop doing|keep doing|"
        "can offer|hold in mind|keep in mind|bear in mind|do to help|do for you)",
        "(what|which|anything) ~ i (be|am) doing ~ (help*|useful|work*)",
        "(am i|is my|is how i am) ~ (helping|useful|getting in|too|enough|working|"
        "giving you|talking too|pushing|asking)",
        "(too much|enough|too little|too fast|too slow) [of a] (challenge|pushing|"
        "space|questions|talking) [from me]",
        says=_PART,
        when="asked",
    ),
    sign(
        "support.shape_statement",
        "support",
        3.4,
        "(tell|let|stop|kick|nudge|shout|signal) me ~ (if|when|what|how|whenever) ~ "
        "(i|you (want|need|would like) me|to be quiet|too|my|me to)",
        "(i can|i could|i am happy to|happy to|i will|i might) ~~ or ~~ "
        "(you (tell|choose|say|pick)|your call|up to you|which|what would|"
        "whatever (helps|works|you)|something|anything)",
        "(how|what) you ~ (want|like|need) me to be",
        "use me (how|as|however|any)",
        says=_OFFER,
    ),
    sign(
        "support.my_ways",
        "support",
        3.0,
        "(what|which|how) ~ (would|do|will|suits|fits|helps|is|one) ~",
        "^ ~ which one $",
        "or ~ (something|some thing|neither|anything|none) ~",
        says=_OFFER,
        when="offers_myself asked_in_turn",
    ),
    sign(
        "support.help_here",
        "support",
        2.8,
        "what (would|will|could|might) (help|be helpful|be useful|support you|serve "
        "you|be of help|be of use) [most|you] [right] (here|now|today|as we|from here|"
        "in this|while)",
        "what [kind of|sort of] (support|help|listening|challenge|presence|coaching) "
        "(would|do|will|can) (you|be|i|help) ~ (here|today|now|want|like|"
        "in this|me|best|useful|helpful)",
        "(best|better) (support|help|serve) you (today|here|now|in this|with this|"
        "this|as|while|right)",
        "(support|help|serve) you best",
        says=_HELP,
        when="asked",
    ),
    sign(
        "support.wants_of_me",
        "support",
        2.9,
        "@you_want ~ (me|that i|for me|if i|my) ~",
        "@you_want i ~",
        "(better|best|easier|good|helpful|useful|help) ~ (if i|"
        "for me to|when i|me to) ~",
        "(make|makes|making) me ~ (useful|helpful|good|best|better|of use)",
        says=_PART,
        when="asked",
        unless="room",
    ),
    sign(
        "support.i_may",
        "support",
        2.5,
        "(what|how|who|when|where|which) ~ (should|shall|can|could|may|might|would|do|"
        "must|will) i ~~",
        "(should|shall) i ~~ or",
        says=_PART,
        when="asked",
        unless="room",
    ),
    sign(
        "support.after_reply",
        "support",
        2.6,
        "^ [and|ok|so] (if|when) (i am|i|you|we) ~~",
        "^ [and|ok|so] how (will|would|do) i ~",
        "^ ~ (anything|what) else ~ (me|i) ~ $",
        says=_PART,
        when="after_support asked",
    ),
)
