"""Word classes that the cues' phrases share; a class may use the ones above it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Who wants: "would you like", and what recognition leaves of it.
        "want": (
            "want|wanting|like|prefer|wish|fancy|need|love|choose|rather|hoping|"
            "feel like|care|keen|inclined|drawn|itching|tempted|eager|"
            "longing|ready|curious"
        ),
        "you_want": (
            "(would|do|did|are|might|will|should) you [most] @want [most|best]|"
            "you would [most] @want|you @want|you are @want|"
            "(would|is|feels|feel|seems|might|could) ~ (useful|helpful|valuable|"
            "worthwhile|right|best|important|good|fruitful|alive|pressing|serve|"
            "interesting|sense)"
        ),
        "begin": (
            "start|starting|begin|beginning|kick off|dive in|jump in|pick up|"
            "pick it up|open|set off|get going|come in|get stuck in|get into it|"
            "go first|come first|take first|do first|tackle first|step in"
        ),
        "move": (
            "go|going|heading|turn|move|head (next|now|from|towards|with|"
            "first|off|then)|"
            "steer|take us|take this|take it|"
            "travel|follow|walk|wander|be going|bring us|bring this"
        ),
        "dwell": (
            "focus [on]|look at|look into|explore|exploring|talk about|talk through|"
            "work on|work with|work through|stay with|stay on|stick with|spend|unpack|"
            "dig into|dig in|get into|go into|delve into|think about|think through|"
            "zoom in on|concentrate on|tackle|pull on|discuss|address|come back to|"
            "go back to|get back to|return to|put our attention|give our attention|"
            "put [the|our] (time|energy)|cover|chat about|go deeper|go with|go for|"
            "be with|attend to|follow|give [more] time|untangle|park|talk more about|"
            "sit with|shine|linger|carry on with|continue with|move on to|move to|"
            "turn to|jump to|switch to|take up|take on"
        ),
        "next": (
            "next|now|first|from here|from there|at this point|right now|"
            "for the rest|before we (stop|finish|close|end)|after that|"
            "with what is left|this morning|in here"
        ),
        "number": (
            "5|10|15|20|25|30|one|two|three|four|five|six|seven|eight|"
            "nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|"
            "twenty|thirty|forty|fifty|a few|a couple of|couple of"
        ),
        "time_left": (
            "(minute|minutes|time|hour|half) ~ (left|remaining|to go|more)|"
            "(remaining|last|final|left|these) ~ (minutes|bit|stretch|part|quarter)|"
            "rest of (our|the|this|your) (time|session|hour|conversation|call|walk|"
            "morning|slot|chat|it|this)|rest of (it|this)|"
            "(remaining|leftover) time|time ~ we ~ (have|got)|"
            "the time that is left|(what|time) is left|half way|halfway|"
            "(half|part) [of] (our|the) (time|session)|second half|about ~ minutes|"
            "(have|got) [about|another|around] @number [or so] minutes|"
            "@number (more|odd) minutes|minutes or so|"
            "clock|(next|the|these|those|our|that) @number minutes|"
            "minutes ~~ (yours|belong to you)"
        ),
        "session": (
            "(this|our|the|today) [coaching] (conversation|session|chat|talk|call|hour|"
            "discussion|dialogue|meeting|walk)|"
            "our time [together]|this time [together]|(us|we) talking|"
            "what we are doing|"
            "what we are talking about|we are doing here|our work today|"
            "what we are (discussing|exploring|looking at|on)|(the|this) way we are ~"
        ),
        # What the client said this session should bring.
        "wished": (
            "wanted|hoped|hoping|came (for|with|here|in|to|along)|asked (for|to|"
            "me)|needed|set out|started|began|brought|were (after|hoping|looking|"
            "wanting|keen|eager)|are after|were going to"
        ),
        "what_you_wished": (
            "(what|where|everything) you ~ @wished|what you (came|want|asked)|"
            "(the|those|these) [@number] (answers|answer|questions|sentences|ideas|"
            "words|clarity|insights) you ~ @wished"
        ),
        # Choosing, as a wish of the client's or as the coach's hand-over.
        "choose": "choose|choosing|pick|picking|decide|deciding|select",
        "thread": (
            "way|direction|thread|threads|end|strand|bit|bits|piece|pieces|part|parts|"
            "one|ones|door|route|path|road|of (those|these|them|the two|that)|corner|"
            "angle|side|branch|layer|string|option|avenue|topic|fork|turn|place|"
            "doorway|rabbit hole|line"
        ),
        # Words for the coach's part.
        "my_part": (
            "listen [out|for]|listening|push|challenge|challenging|support|help|"
            "hold you|hold back|stretch|nudge|prod|poke|probe|ask|quiet|silent|"
            "shut up|hear you out|reflect|mirror|play back|note|notice|watch|look out|"
            "interrupt|stop you|slow you|hold the|hold a|hold up|direct|gentle|tough|"
            "blunt|show up|be for you|be of|be|play devil|brainstorm|throw|offer|"
            "point out|call you|call it|step in|step back|stay out|keep|witness|"
            "sounding board|name|write down|pay attention|be here|serve|bring|"
            "work with you|respond|do|sit with|tell you|say when|flag|steer|"
            "lead|hang back|jump in|back off|press|go easy"
        ),
        "my_part_strong": (
            "listen [out|for]|push|challenge|stretch|nudge|prod|poke|probe|be quiet|"
            "stay quiet|keep quiet|say nothing|shut up|hear you out|reflect back|"
            "mirror|play back|hold back|"
            "interrupt|slow you down|hold you to|direct|blunt|tough|gentle|show up|"
            "be for you|be of|play devil|brainstorm|point out|call you out|call it out|"
            "step in|step back|stay out|sounding board|devil advocate|thinking partner|"
            "mirror|cheerleader|watch [out] for|look out for|"
            "hang back|back off|press|go easy|ask [you] (tough|hard|harder|questions)|"
            "keep [on] asking|just listen|flag|catch"
        ),
        # The client's life: places where such words mean something else.
        "relation": (
            "boss|manager|team|marriage|wife|husband|partner|mum|mother|father|dad|"
            "brother|sister|son|daughter|kids|children|family|colleague|colleagues|"
            "friend|friends|peers|board|staff|director|ceo|client|clients|parents|"
            "people|employer|customers|investors|supervisor|line manager|report|"
            "reports|founder|co founder|assistant|deputy|mentor|doctor|"
            "therapist|in laws|girlfriend|boyfriend|"
            "organisation|organization|company|department|hr"
        ),
        "life": (
            "career|job|work|life|business|project|projects|degree|studies|house|"
            "role|promotion|diet|studying|study|health|fitness|"
            "weight|budget|plan|goals|school|phd|thesis|dissertation|novel|startup|"
            "practice|relationship|finances|exercise|running|sleep|recovery|treatment|"
            "course|class|training|programme|program|therapy|"
            "campaign|launch|application|move|qualification|holiday|@relation"
        ),
        "week_day": (
            "monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|"
            "next (week|month|year|job|role|quarter|time|chapter|meeting)|"
            "(this|the) (week|weekend|month|year|quarter|summer)|christmas"
        ),
        "they": "he|she|they|him|her|them|his|their",
        "said": (
            "said|says|say|ask|asks|asked|asking|tell|tells|told|goes|went|was like|"
            "is like|were like|wrote|writes|texted|emailed|shouted|wonders|wondered"
        ),
        "reporter": (
            "he|she|they|someone|somebody|people|everyone|everybody|nobody|"
            "a [former] (client|coach|friend|colleague)|one of my clients|"
            "my (coach|teacher|mentor|supervisor|mother|mum|husband|wife|dad)|"
            "(your|the|my) @relation"
        ),
        "feeling": (
            "sad|angry|scared|afraid|lonely|ashamed|guilty|anxious|upset|hurt|tired|"
            "exhausted|frightened|teary|tears|crying|grief|heavy|embarrassed|"
            "embarrassing|terrified|furious|hopeless|overwhelmed|lost|worried|"
            "heartbroken|hurts|fear|shame|panic|stressed|frustrated|devastated|"
            "miserable|dread|disappointed|excited|relieved|joy|proud|happy|numb"
        ),
    }
)
"""By name, each the inside of an ``(a|b)`` of the grammar."""
