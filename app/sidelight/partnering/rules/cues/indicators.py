"""Cues of what partnering is not; seen only in the review, so held back on purpose."""

from __future__ import annotations

from sidelight.partnering.rules.cue import Cue, sign

CUES: tuple[Cue, ...] = (
    sign(
        "leading.tag",
        "leading",
        3.0,
        "(do not|would not|could not|should not|is not|are not|does not) (you|it|that|"
        "this|they|we) ~~ (think|be|agree|better|time|obvious|great|good|nice|sign|"
        "easier|make sense|feel)",
        "(is not it|would not it|would not you|should not you|do not you think|"
        "would not that) $",
        "(surely|obviously|clearly) ~ you",
        "(do you think|do you not think) ~ [you] (should|need to|ought|must|could)",
        says="suggests its own answer",
        unless="handed_over_here",
    ),
    sign(
        "leading.have_you",
        "leading",
        3.0,
        "(have you|did you|have you ever) ~ (thought|considered|tried|think|"
        "consider|try) ~ (about|of|to|that|a|the|just)",
        "(have you|did you) (consider*|tried|try) ~",
        "why (do not|not) (you|just|try)",
        "what if you (just|told|asked|went|tried|said|took|did|called|quit|left|"
        "stopped|started|spoke|talked|wrote|made|gave)",
        "could you not ~",
        says="suggests its own answer",
        when="asked",
    ),
    sign(
        "unsolicited_advice.should",
        "unsolicited_advice",
        3.2,
        "(i think|i feel|i believe|i would say) ~ you (should|need to|"
        "ought to|must|have to|could)",
        "you (should|ought to|need to|must|had better|have to) ~ (talk|tell|ask|try|do|"
        "go|stop|start|be|take|make|write|call|say|set|think|read|get|speak|learn|just|"
        "let|put|stand|give|find|look)",
        "(if i were you|in your (shoes|place|position)|were i you)",
        "(my advice|i would (advise|suggest|recommend|go for|encourage)|i suggest|"
        "i recommend|i would say go)",
        "you (could|might want to|might) (start|tell|ask|try|talk|write|call|take|read|"
        "just|go|speak|set|make|say) ~",
        "what (works|worked|i (did|do|find|found)) ~ (for me|is|was)",
        "might be (easier|better|worth) ~",
        says="gives advice",
        unless="client_asked_advice invites_back asked handed_over_here",
    ),
    sign(
        "unsolicited_advice.have_you",
        "unsolicited_advice",
        2.6,
        "(have you|did you) ~ (thought|considered|tried|try) ~~",
        says="gives advice",
        when="asked advises",
    ),
    sign(
        "either_or.content",
        "either_or",
        3.0,
        "(is|was|are|do|does|did|would|will|should|could|have) (it|that|this|you|he|"
        "she|they|the|your) ~~ or ~~ (is|was|are|do|does|did|it|you|the|that|are|more|"
        "should|would|your|he|she|they|just|to|not)",
        "(which|who|what) ~~ (first|more|one|bigger|better|matters) ~~ or",
        says="offers two answers",
        when="asked",
        unless="way_out handed_over_here",
    ),
    sign(
        "stacked.questions",
        "stacked",
        3.0,
        says="asks several things at once",
        when="several_questions last",
        unless="handed_over_here partners",
    ),
    sign(
        "interprets.means",
        "interprets",
        3.2,
        "^ [so] (it is|you are|this is) ~~ is not it",
        "what you (mean|want|need|are saying) is",
        "(it|that) sounds like you (are|need|want|do not|have)",
        "^ so (it is|this is) ~ (fear|control|anger|grief|shame|because)",
        "(so|clearly|obviously) you are ~ (avoiding|angry|afraid|jealous|scared)",
        "you [only] need to ~ (believe|trust|accept|let go)",
        "(this|that|it) is [clearly|obviously|all] about (your|control|fear|him|her)",
        "deep down you",
        says="decides what the client means",
        unless="asked invites_back",
    ),
    sign(
        "own_words.replaces",
        "own_words",
        2.8,
        "so ~ (in other words|another word for|what i would call|i would call it|"
        "let us call it)",
        "(in other words|i would call (it|that)|lets call (it|that)|that is called)",
        says="replaces the client's word",
        unless="asked echoes",
    ),
    sign(
        "feeling_passed.steps_over",
        "feeling_passed",
        3.0,
        "(what|when|how|who|have|did|on|where) ~~ (next|plan|step|do about|do next|"
        "scale|did (he|she|they)|say|options|solution|action|fix|solve|deadline|"
        "timeline|talked to|ready|manage)",
        "(lets|we should) ~ (move|look|plan|focus|go|get)",
        says="goes on after a feeling",
        when="client_felt",
        unless="feels handed_over_here",
    ),
    sign(
        "took_choice.decides",
        "took_choice",
        3.0,
        "(lets|we will|i think we|i would (say|go|start)|we should) ~ (start|go|do|"
        "look|take|begin|talk|focus|stay|pick|explore|with|the)",
        says="the client asked which, the coach chose",
        when="client_offered_choice",
        unless="handed_over_here asked",
    ),
    sign(
        "took_choice.picks",
        "took_choice",
        3.0,
        says="the client asked which, the coach chose",
        when="client_asked_which_topic short repeats_a_word",
        unless="handed_over_here asked names_or",
    ),
)
