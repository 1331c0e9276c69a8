"""Cues of what should be seen too: the coach's craft beside partnering."""

from __future__ import annotations

from sidelight.partnering.rules.cue import Cue, sign

CUES: tuple[Cue, ...] = (
    sign(
        "reflection.echo",
        "reflection",
        3.0,
        says="gives back the client's words",
        when="echoes",
        unless="asked long_turn client_asked_which_topic",
    ),
    sign(
        "reflection.says_back",
        "reflection",
        3.0,
        "[so] (what i (hear|heard|am hearing)|i (hear|heard|am hearing) [you]|"
        "you (said|are saying|told me|called it|mentioned|used the word))",
        "(so|and) ~ you (feel|felt|want|wanted|think|have been|were|are) ~~",
        says="gives back the client's words",
        unless="asked invites_back",
    ),
    sign(
        "observation.pattern",
        "observation",
        3.0,
        "(i am|i was|i have|i|i could not help) ~ (noticing|noticed|notice|struck|"
        "aware)",
        "(when|as|every time|each time|whenever|soon as|the moment) you ~~ (voice|face|"
        "shoulders|hands|eyes|smiled|smile|laugh*|pace|energy|lit|breath*|quiet*|slow*|"
        "sped|sigh*|lean*)",
        "you (keep|kept|have) ~ (com*|say*|said|return*|go*|us*) ~~ (back|times|again|"
        "word|twice)",
        "on [the] one hand ~~ [on] the other",
        "(there is|i see|i hear) a (pattern|contradiction|tension|difference|shift)",
        "you (said|say) ~~ (and|but) (now|then|at the same time|yet|your) ~~",
        "your (voice|face|shoulders|hands|eyes|breath*|pace|tone|body|jaw) ~ "
        "(got|gets|went|goes|dropped|drops|changed|softened|rose|slow*|lit|is|was|"
        "sounds|sounded|quiet*)",
        "i (do not|did not|heard|hear|saw|see) ~ (hear|see|notice|a|any|no|the word) ~ "
        "(in|word|sigh|pause|smile|laugh|crack|shift|hesitation|doubt|before)",
        "there (was|is) [no|a|some] (pause|sigh|silence|hesitation|smile|laugh|catch)",
        says="names something noticed",
        unless="permission_only",
    ),
    sign(
        "acknowledgement.strength",
        "acknowledgement",
        3.2,
        "(i|i would like to|i want to) (acknowledge|appreciate|recogni*|honour|honor|"
        "admire|celebrate) ~",
        "(that|it|this) (takes|took|must have taken|shows|showed|is) ~ (courage|guts|"
        "strength|bravery|nerve|brave|care|commitment|huge|generous|determination)",
        "(i am|i was) ~ (struck|moved|impressed|touched) by",
        "(you|your) ~ (courage|honesty|generosity|patience|determination|strength|"
        "persistence|commitment|integrity|resilience|loyalty|humour|creativity|care)",
        "(there is|what) ~ (courage|honesty|strength|generosity|love|care|"
        "determination|integrity) (in|here|there|that)",
        "(look|see) how far you have",
        "you (have worked|worked) ~ hard",
        "you (stayed|stuck|kept (going|at)|did not (look|turn|run|back|give)) ~~ (even|"
        "though|away|anyway|when it|up|off|down)",
        "(that|this|it) ~ (not|no) [a] small thing",
        "(that|this|it) ~ (deserve*|worth) ~ (notic*|said|seen|naming|celebrat*)",
        "i (see|saw|want you to know) ~ (how much that|what (that|it)) (ask*|take*|"
        "took|cost*)",
        "you (are|were|have been) ~ (honest|open|brave|patient|generous|courageous)",
        says="names a strength or a value",
        unless="asked",
    ),
    sign(
        "past_success.worked",
        "past_success",
        3.2,
        "(what|how) ~~ (worked|helped|got you through|made (it|that) work|did you do|"
        "did you manage) ~~ (before|then|last time|that (day|time)|in the past|back "
        "then|previously|the other)",
        "(when|where) (have you|did you|was the last time|else have you) ~ (managed|"
        "done|handled|felt|been|had|dealt|succeed*|overcome|solved|you)",
        "(a|another|any|the last|one) time* [when|where|that] (you|it|this) ~ "
        "(managed|handled|worked|felt|did|went|were|was|better|succeed*|could)",
        "what (was it|about) ~ (that|then|day|time) ~ (worked|helped|different|made)",
        "how did you ~ (do it|manage|get through|cope|handle|pull) ~",
        "when (was|is) it ~ (easier|better|different|good|fine)",
        "(has|have) there [ever] been ~ (moment|time*|day*) ~~ (better|well|easier|"
        "worked|managed|different)",
        "(what|how) ~~ (it|things|that) ~ (went|go|worked) [really] (well|better|fine)",
        "what made it (work|possible|easier)",
        says="looks for what worked before",
        when="asked",
    ),
    sign(
        "emotion.stays",
        "emotion",
        3.2,
        "(how|what) (does|did|is|was|do|are) ~ (that|this|it|you|the) ~ (feel|feeling|"
        "feels)",
        "what (is|was) ~ (that|it|this) ~ like",
        "what is it like ~",
        "what ~ (happen*|goes on|going on|comes up|stirs|moves) ~ (inside|in you|"
        "in your (body|chest|heart)|for you (as|when|right))",
        "what (is|are) (the|you|your) ~ (feeling|feel|emotion|sensation|heart|body)",
        "where (do|does|is|are|in) ~ (feel|body|it|that|the) ~ (feel|body|in|it|cold|"
        "$)",
        "(stay|sit|be) with (that|the|this|it) ~ (feeling|sadness|anger|fear|moment|"
        "tears)",
        "(what|where) ~ (tears|sadness|anger|fear|lump|knot|ache|tightness|joy) ~",
        "(that|this|it) sounds (so|very|incredibly|deeply|painful|hard|lonely|"
        "frightening|heavy|exhausting|sad)",
        says="stays with a feeling",
    ),
    sign(
        "emotion.where",
        "emotion",
        3.0,
        "where ~ (notice|feel|sense|sit|sits|hold) ~",
        says="stays with a feeling",
        when="client_felt",
    ),
    sign(
        "inquire_first.back",
        "inquire_first",
        3.0,
        "what (do|have|would|is|are|does|did) (you|your) ~",
        "(what|where) ~ (sense|gut|instinct|thought*|thinking|leaning)",
        "(before|happy to) ~ (i|share|offer|say) ~",
        says="was asked for advice and explores first",
        when="client_asked_advice asked",
    ),
    sign(
        "care.wellbeing",
        "care",
        3.4,
        "(do|would) you (need|want|like) [to] ~ [a] (moment|minute|break|tissue|"
        "pause|breather|drink|water|second|stop|sec|breath|rest) ~",
        "(are|you) ~ (ok|all right|good|fine) ~ (to|continu*|carry|"
        "keep|go) ~ (continu*|"
        "carry|keep|go|on)",
        "(are you|you) (ok|all right|warm enough|comfortable) ~ $",
        "take (your|all the|as much) time",
        "(anything|something) you need $",
        "(do you need|need) (anything|a)",
        "there is no (rush|hurry)",
        "you do not (need|have) to apologi*",
        says="looks after the client",
    ),
    sign(
        "care.technology",
        "care",
        3.2,
        "(can|could|do) you (hear|see) me",
        "(you|i|it|screen|picture|video|sound|line|audio|connection) ~ (froze|frozen|"
        "cut out|cutting out|dropped|breaking up|on mute|muted|glitch*|crackl*)",
        "(turn|switch) (off|on|up|down) ~ (camera|video|mic|microphone|sound|volume)",
        "(camera|video|mic|microphone|headphones|wifi|connection|share my screen|"
        "share your screen|the recording) ~",
        says="looks after the technology",
    ),
    sign(
        "care.practical",
        "care",
        3.0,
        "(shall|should|would you like me to|do you want me to|want me to) [i] ~ (wait|"
        "open|close|stop the|pause the|repeat|call you|ring you|dial|turn|email|send|"
        "share|mute|get you|fetch|say (that|it) again|speak up) ~",
        "(do|would) you (want|need|like|rather) ~ (stop|break|rest|pick it up another|"
        "another day|reschedule|leave it there for)",
        says="looks after the practical side",
    ),
)
