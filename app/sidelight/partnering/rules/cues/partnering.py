"""Cues of the other partnering kinds: how to work, what for, what is seen, the end."""

from __future__ import annotations

from sidelight.partnering.rules.cue import Cue, sign

AGREEMENT: tuple[Cue, ...] = (
    sign(
        "agreement.topic",
        "agreement",
        3.4,
        "(what|where|which) ~~ @you_want ~~ (today|@session|out of this|bring)",
        "what ~ (bring*|brought) (you|to|today|for us|here)",
        "what (have you|did you|are you) (got|brought|bring|bringing) ~",
        "what is on your (mind|plate|list|agenda|heart) ~",
        "what (are we|shall we|will we|are you) ~ (talking|working|on|focus*|looking|"
        "here) ~ (today|about|this|on|for|do)",
        "what is (the|our|your|today) (topic|focus|agenda|question|theme)",
        "(how|what) (would|shall|do|should) (you|we) ~ (use|spend|"
        "do with) (our|the|this|"
        "today) ~",
        says="asks what the session is for",
        when="opening",
        unless="ending time_check",
    ),
    sign(
        "agreement.bare_topic",
        "agreement",
        3.2,
        "what ~~ @you_want ~~ (focus|achieve|accomplish|explore|talk about|work on|"
        "look at|think about|discuss|cover|from me)",
        "what (would|could|shall|should) (we|you) ~ (talk about|work on|focus on)",
        says="asks what the session is for",
        when="opening",
        unless="agreed time_check ending handed_over listed",
    ),
    sign(
        "agreement.outcome",
        "agreement",
        3.6,
        "(what|how) ~~ (end of (today|this|our|the|it)|walk away|"
        "come away|leave (with|here|today|this)|leaving with|"
        "take away from|walk out (of here|with|today)|"
        "go away with|out of (today|this|our|it)|have when we)",
        "what would make (this|today|our|the|it) ~ (useful|worth*|good|valuable|"
        "success*|time well|great|meaningful|productive)",
        "what (would|do|does|will|might) ~ (success|outcome|result|done|useful|good|"
        "win|worthwhile|great) ~ (look*|be|today|this|session|here|mean|feel)",
        "(desired|best|ideal) (outcome|result|hope*)",
        "what ~ (bring|bringing|take|taking) [back] (home|with you|away)",
        "best hopes",
        says="asks what the client wants from the session",
        when="opening",
        unless="ending",
    ),
    sign(
        "agreement.at_the_end",
        "agreement",
        3.6,
        "(what|how) ~~ (you|we|us)",
        says="asks what the client wants from the session",
        when="opening names_end",
        unless="ending",
    ),
    sign(
        "agreement.measure",
        "agreement",
        3.4,
        "how (will|would|do|might|could|can|shall|are) (you|we) ~ (know|tell|measure|"
        "recogni*)",
        "(what|which) ~ (tell*|show*) (you|us) ~ (session|today|got|there|worth|"
        "enough)",
        "what will (you|we) (see|have|notice) ~ (end|today|worth|done|know)",
        says="asks how the client will know it worked",
        when="opening",
        unless="ending",
    ),
    sign(
        "agreement.meaning",
        "agreement",
        3.0,
        "what (makes|is it that makes|would make) (this|that|it) ~ (important|matter|"
        "urgent|significant|worth|alive|the one)",
        "(why|how) (is|does|come) (this|that|it) ~ (important|matter|now|today)",
        "what (would|does|will) (that|having|it|this) ~ (give|mean|make possible|"
        "bring|do for|get) ~ you",
        "what is ~ (important|at stake) ~ (now|today|about (this|that|it)) ~ $",
        "what is at stake",
        "(it|that|this) matters because",
        "what (would|does|might) ~ (change|be different|be possible) ~ if (you|that)",
        says="asks what makes it matter",
        when="opening",
        unless="ending",
    ),
    sign(
        "agreement.chain",
        "agreement",
        2.7,
        "what ~ (would|does|do|is|will|makes) ~ (look like|give|mean|be|important|like|"
        "different|sound like|feel like|matter)",
        "(how|what) ~ (know|tell|measure|different|success)",
        "(why|what) ~ (now|important|matter*)",
        "(have i|did i) (got|get|understood|hear*) (that|it|you) ~",
        "(is|does) (that|it) ~ (right|fair|it|capture|sum|enough|focus|sound)",
        "[so] (to summari*|just to summari*|if i summari*)",
        "(anything|something) else ~ (today|session|focus|include|add)",
        says="settles what the session is for",
        when="agreeing opening",
        unless="ending",
    ),
    sign(
        "agreement.confirm",
        "agreement",
        3.0,
        "(so|is|that is) ~ (our|the|your) (focus|outcome|goal|aim|agreement|question) "
        "(for|today|then)",
        "(shall we|can we|are we) (agree|agreed)",
        "how (long|much time) (have we|do we)",
        "(change|changed) ~ (what you (want|wanted)|our (focus|agreement)|the (focus|"
        "outcome|goal))",
        says="settles what the session is for",
    ),
    sign(
        "agreement.here_today",
        "agreement",
        3.0,
        "what (would|do) you (like|want|need|hope) ~ (from|out of|for) (today|this|our|"
        "me and|the) ~",
        "what ~ (today|this (session|hour|conversation)) ~ (worth|useful|good use)",
        "(use|value) (to|for) you",
        says="asks what the client wants from the session",
        when="first",
    ),
)

OBSERVATION_INVITE: tuple[Cue, ...] = (
    sign(
        "observation_invite.permission",
        "observation_invite",
        3.6,
        "(can|could|may|might|shall|is it ok if|ok if|would it be ok if|"
        "would it be all right if|all right if|do you mind if|would you mind if|"
        "mind if|would it help if|"
        "would it be useful if) i ~ (share*|offer*|say* [you]|said|"
        "tell you|told you|reflect*|name*|play back|throw|threw|put|suggest*|add*|"
        "give you|gave you|bring|show|float|mention*|point*|venture|try|be (bold|"
        "direct|cheeky))",
        "(would|are|do) you ~ (like|want|open|willing|interested|up|happy|curious) ~ "
        "(hear|hearing) ~ (what|something|my|a|an|how|thought*|observation*|i)",
        "(i have|i have got|i had|there is) (a|an|some) (hunch|observation|thought|"
        "idea|intuition|image|reaction|guess|suggestion|sense|picture) ~~ (can|could|"
        "may|ok|want|would|open|share|interested|all right)",
        "(want|like|care|fancy) (to hear|hearing) ~ (what|my|it|a|how|an)",
        "(can|could|may) i (say|share|offer) ~ (thing|something|"
        "observation|hunch|what)",
        says="asks before sharing",
        unless="room",
    ),
    sign(
        "observation_invite.noticed",
        "observation_invite",
        3.2,
        "(i|i am|i was|i have|i could not help) ~ (noticing|noticed|notice|struck|"
        "aware|hearing|sensing|wondering|curious|heard|saw|seeing|have a (hunch|"
        "sense|feeling)|picking up|get the sense|getting a|got a sense|feel like|"
        "imagine|imagining|wonder|read*)",
        "(my|a) (hunch|sense|guess|intuition|observation|impression|fantasy|gut|"
        "suggestion|thought)",
        "(it|that|something) (strikes|struck|seems to) me",
        "(it|this) (seems|looks|sounds|feels) ~ (to me|like)",
        "(when|as|every time|each time|whenever|soon as|the moment) you ~~ (voice|face|"
        "shoulders|hands|eyes|smiled|smile|laugh*|went|pace|energy|sat|lit|breath*|"
        "looked|quiet*|slow*|sped|sigh*|lean*)",
        "(some people|research|studies|there is a (model|idea|concept)|one (way|idea|"
        "option))",
        "(you have|you keep|you) ~ (said|used|mention*|come back|coming back) ~~ "
        "(times|twice|again)",
        "(could|might) it be",
        says="shares and invites the client to disagree or build on it",
        when="invites_back",
    ),
    sign(
        "observation_invite.after_permission",
        "observation_invite",
        2.7,
        "(i|i am|you|it|there|when|what)",
        says="shares what was noticed, with the client's permission",
        when="permitted",
        unless="short asked",
    ),
    sign(
        "observation_invite.leave_it",
        "observation_invite",
        2.9,
        "(feel free|you can|please) ~ (ignore|bin|throw|reject|disagree|leave|"
        "push back|tell me i am wrong|correct me)",
        "(i|this) (might|may|could) be (wrong|way off|off|mistaken|imagining|nothing|"
        "rubbish|nonsense)",
        "(it|this) might be (nothing|wrong|off|rubbish|way off)",
        "tell me if (i am|that is|this is|it is|it does not|that does not|i have) ~ "
        "(wrong|off|not|fit|nonsense|rubbish|right|mistaken|got|land|it)",
        "(does|do) (that|this|any of that) ~ (land|resonate|fit|ring true|ring a bell|"
        "ring any)",
        "what do you (make of|reckon) ~ (that|it|this)",
        "(is there|might there be) (something|anything|any truth) (in|to) (that|it|"
        "this)",
        says="leaves room to disagree",
    ),
)

ENGAGEMENT: tuple[Cue, ...] = (
    sign(
        "engagement.frame",
        "engagement",
        3.2,
        "confidential*",
        "(our|the|this) (coaching|working) (relationship|agreement|contract|engagement|"
        "partnership|programme|program|package|work together|series|arrangement)",
        "between [our] (sessions|us over|now and the next session)",
        "(over|across|during) (the|our|these) ~ (months|sessions|weeks|programme|"
        "program|engagement)",
        "how (often|frequently|many sessions|many times) ~ (we|us|session*|coaching)",
        "(our|the|your) (next|first|last|future|remaining|final|six|ten) sessions",
        "(work|working) together ~ (over|in the|as a|going forward|from|long|these|"
        "best|months|as coach)",
        "(three way|three person|chemistry|contracting|sponsor|review) (meeting|call|"
        "session|conversation)",
        "(my|your) role as [a] (coach|client)",
        "(coaching is|as your coach|coach is not|i am not a therapist|code of ethics)",
        "(record*) ~ (permission|ok|consent|mentor|this session|our session)",
        "(cancel*|reschedul*) ~ (policy|session|notice)",
        "(how|what) ~ (each other|contact|reach|email|message) ~ between",
        says="about how the two work together over time",
    ),
    sign(
        "engagement.rhythm",
        "engagement",
        3.4,
        "(does|do|is|are|would) ~~ (suit|work|right|enough|ok|fine|good|best|fit)",
        "(keep|have|make|space|change|move) ~ (our|the) (sessions|meetings|calls)",
        says="about when and how often to meet",
        when="arrangement asked",
    ),
)

CLOSING: tuple[Cue, ...] = (
    sign(
        "closing.take_away",
        "closing",
        3.8,
        "(taking|take|takes|took|carry|carrying) (away|with you|from (this|today|our))",
        "(your|main|biggest|one|key) (takeaway|takeaways|take away|take aways|learning|"
        "insight) ~",
        "(what|how) ~ (leaving|leave) ~ (with|today|here|this)",
        "what (are you|will you|do you) (take|taking|carry) ~",
        "what (did|have|do) you (learn|learned|learnt|discover*|find out|realis*|"
        "realiz*) ~ (today|yourself|this|here|session|conversation|about you)",
        "what (has|have) ~ (shifted|changed|become clear*|got clear*|landed|opened) ~ "
        "(today|this|session|conversation|for you|here)",
        says="asks what the client takes away",
        unless="first",
    ),
    sign(
        "closing.finish",
        "closing",
        3.8,
        "(how|what|where) ~~ (you|we|us) ~~ (end|close|finish|wrap|complete|round off|"
        "bring this to|stop|conclude|land)",
        "before we (end|close|finish|wrap|stop|go|say goodbye|hang up|sign off|part|"
        "leave it)",
        "(ok|all right|good|fine|right|happy|ready) ~ (to|if we|we) ~ (end|close|"
        "finish|wrap|stop|leave it) ~ (here|there|now|up|today|$)",
        "(shall|should|can|could|will) we (end|close|finish|wrap|"
        "leave it|call it|stop) "
        "~ (here|there|now|up|today|a day|with)",
        "(good|right) (place|moment|time|note|point) to (end|stop|close|finish|pause)",
        "(complete|close) (for|our|the|this) (you|today|session|conversation|now)",
        says="about how to finish",
        unless="first",
    ),
    sign(
        "closing.next_steps",
        "closing",
        3.2,
        "(your|the|next|first|one|small*|tiny|concrete) (next step|next steps|"
        "first step|small step|one step|step) ~",
        "what ~ (will|are|going|would) ~ you ~ (do|commit*|take on|try) ~~ (by|before|"
        "between now|this week|next|after|when|first|tomorrow|differently)",
        "(what|when|how) (will|are|is|would) ~ (do|doing|start|begin|put|take|make) ~ "
        "(that|this|it) ~ (happen|by|week|into)",
        "(when|by when) (will|are|would|is) ~",
        "(commit*|commitment*) ~",
        "(between now and|by the time we|before we (next|meet|speak|talk)|"
        "until (next|we))",
        "what ~ (get in the way|get in your way|stop you|trip you up|hinder)",
        says="about the next steps",
        when="ending asked",
    ),
    sign(
        "closing.commit",
        "closing",
        3.0,
        "what (will|are|would|is) ~ (you|your) ~ (do|doing|commit*|step|action|try) ~~ "
        "(by|before|between|this week|next week|after (this|today)|tomorrow|"
        "between now|when you leave|differently|as a result)",
        "(your|the|a|one|first|smallest) [concrete|small|tiny] (next step|action|step) "
        "~ (is|be|you|will|would|could|after|from here)",
        "what ~ (next step|action|actions|step|steps) ~ (you|be|take|want|will|would|"
        "from)",
        "(between now and|before we [next] (meet|speak|talk|see))",
        says="about the next steps",
        when="asked",
        unless="first",
    ),
    sign(
        "closing.resources",
        "closing",
        3.4,
        "who (can|could|will|might|would|else|is|else could) ~ (support|help|hold|"
        "check|cheer|back|keep|lean|walk|alongside|corner)",
        "what (support|help|resource*|backup) ~ (you|do|would|will|"
        "need|have|be|around)",
        "accountab*",
        "(remind|remember|keep) ~ (yourself|you) ~ (to|of|on track|going|honest|it)",
        "(what|who) (is|will|would|might|could|can) ~ (help|support) you ~ (do|to|"
        "with (that|it|this)|make|keep|stick|remember|follow|get)",
        "how (will|would|are|might|could) you ~ (hold yourself|celebrat*|reward|"
        "keep (yourself|this|it|that)|make sure|remember|remind|know you have done|"
        "follow through|stay|mark)",
        "celebrat*",
        says="about what will help the client afterwards",
        when="asked",
        unless="first",
    ),
    sign(
        "closing.satisfied",
        "closing",
        3.2,
        "(did|have) you (get|got|gotten) what you ~ (wanted|needed|came|hoped)",
        "(did|has|was) ~ (today|this session|our session|session|this conversation|our "
        "time) ~ (give|given|meet|met|useful|helpful|get|deliver*|worth|cover*|what)",
        "how (was|has) (this|today|that|it|our|the) ~ (session|conversation|been|today|"
        "for you)",
        "(was|has) (this|it|that|today|@session) ~ (worth|well spent|use of) ~ "
        "(time|hour|our|today|while|session|morning|afternoon|evening|this)",
        "was @session ~ (worth|useful|helpful|good)",
        "(feel|feeling|felt) about (today|our|this session|how we|the session)",
        "(anything|something) ~ (else|left|unsaid) ~ (say|before|need|want|today|add|"
        "complete|unsaid|finish)",
        "(how|what) ~ leave* (with|you|it)",
        says="asks how the session was",
        when="asked",
        unless="first",
    ),
)

CUES = AGREEMENT + OBSERVATION_INVITE + ENGAGEMENT + CLOSING
