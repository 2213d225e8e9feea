"""The forms a dictionary word takes, so that a word list can name each word once.

A form that no one uses ("publishs") costs nothing, a form that is missed loses a clause; so the
rules below make too many rather than too few. No model is needed: the words come from the lists.
"""

from __future__ import annotations

from functools import cache

# Irregular families: any member, listed in a phrase, stands for all of them.
_FAMILIES = """
be is are was were been being am|have has had having|do does did done doing|give gave given gives giving
take took taken takes taking|hold held holds holding|keep kept keeps keeping|make made makes making
pay paid pays paying|put puts putting|set sets setting|leave left leaves leaving|meet met meets meeting
find found finds finding|sit sat sits sitting|stand stood stands standing|tell told tells telling
write wrote written writes writing|choose chose chosen chooses choosing|let lets letting|bear bore borne bears
draw drew drawn draws drawing|forbid forbade forbidden forbids forbidding|sell sold sells selling
buy bought buys buying|spend spent spends spending|send sent sends sending|bring brought brings bringing
win won wins winning|seek sought seeks seeking|see saw seen sees seeing|speak spoke spoken speaks speaking
show showed shown shows showing|go went gone goes going|person persons people|company companies|body bodies
criterion criteria|medium media|say said says saying|hear heard hears hearing|lay laid lays laying
lie lay lain lies lying|rise rose risen rises rising|fall fell fallen falls falling|break broke broken breaks breaking
become became becomes becoming|begin began begun begins beginning|get got gets getting|know knew known knows knowing
lose lost loses losing|read reads reading|run ran runs running|shut shuts shutting|strike struck strikes striking
swear swore sworn|teach taught|think thought thinks thinking|understand understood|withdraw withdrew withdrawn withdraws
withdrawing|withhold withheld withholds withholding|bid bids bidding|cut cuts cutting|feel felt feels feeling
lead led leads leading|mean meant means meaning|overcome overcame|undertake undertook undertaken undertakes undertaking
child children|man men|woman women|shareholding shareholdings|basis bases|analysis analyses|underpay underpaid
undergo underwent undergone|uphold upheld upholds upholding|weigh weighs weighed weighing|oversee oversaw overseen
wear wore worn|throw threw thrown throws throwing|turn turns turned turning|mislead misled|repay repaid|build built
builds building|catch caught catches|come came comes coming|deal dealt deals dealing|drive drove driven|grow grew grown
hide hid hidden hides hiding|bind bound binds binding|cast casts casting|sign signs signed signing|tie ties tied tying
debar debars debarred debarring|bar bars barred barring|refer refers referred referring|occur occurs occurred occurring
control controls controlled controlling|admit admits admitted admitting|permit permits permitted permitting
submit submits submitted submitting|omit omits omitted omitting|transfer transfers transferred transferring
""".replace("\n", "|")

_IRREGULAR: dict[str, frozenset[str]] = {}
for _family in _FAMILIES.split("|"):
    _members = frozenset(_family.split())
    for _member in _members:
        _IRREGULAR[_member] = _IRREGULAR.get(_member, frozenset()) | _members

_VOWELS = "aeiou"
# Words that must not be inflected: modals and small words whose "forms" are other words.
_FIXED = frozenset(
    "a an the of to in on at by for from with as or and if it its no not nor shall must will may can should "
    "would could might only unless until than then that this these those there their other where when who "
    "which whose whom so such any all each every own both either neither "
    "good paye icb ccg nics foi aqp emas tupe jsna hmrc".split()
)


def _british_and_american(word: str) -> set[str]:
    twins = {word}
    for british, american in (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("our", "or"),
                              ("lled", "led")):
        if word.endswith(british) and len(word) > len(british) + 2:
            twins.add(word[: -len(british)] + american)
        if word.endswith(american) and american not in ("or", "led") and len(word) > len(american) + 2:
            twins.add(word[: -len(american)] + british)
    return twins


def _regular(word: str) -> set[str]:
    made = {word, word + "s", word + "ed", word + "ing"}
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        made.add(word + "es")
    if word.endswith("e"):
        made |= {word + "d", word[:-1] + "ing"}
    if word.endswith("y") and len(word) > 2 and word[-2] not in _VOWELS:
        made |= {word[:-1] + "ies", word[:-1] + "ied"}
    if len(word) > 2 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        made |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return made


@cache
def forms(word: str) -> frozenset[str]:
    """Every form (lower case) that `word` (lower case, one token) stands for in a word list."""
    if word in _FIXED or not word.isalpha() or len(word) < 3:
        return _IRREGULAR.get(word, frozenset({word})) if word not in _FIXED else frozenset({word})
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    made: set[str] = set()
    for twin in _british_and_american(word):
        made |= _regular(twin)
    return frozenset(made)
