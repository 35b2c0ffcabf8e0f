"""Set an incoming paper as the PDF, or the picture from a scanner, in which it would arrive."""

import importlib.util
import io
import json
import random
import re
import zlib
from functools import cache
from pathlib import Path

import pypdfium2
import typst
from PIL import Image, ImageChops

from home.demo.letters import Letter

_TEMPLATE = Path(__file__).with_name("letter.typ")
_LINE = 20  # Han characters of size 2 in one line of the title
_NEVER_FIRST = "》）”、，的和与及"
_NEVER_LAST = "《（“第"
# Words a title must not be broken in. Good enough for the papers of the demonstration.
_WORDS = re.compile(
    "中共.{2,3}委(?:常委会)?|[0-9]+(?:至[0-9]+)?月份?|[0-9]+年度?|第.季度|全[省市县]"
    "|人民|检察院|检察|代表大会|常务|委员会|委员|代表|办公室|办公|机关|机构|政府|公安局|单位|国家|国有"
    "|公共|资产|关于|进一步|规范化|规范|公文|工作|通知|通报|意见|情况|建设|档案|管理|历年|积存|文书|集中"
    "|整理|数字化|实施|方案|开展|组织|政法|系统|文明|执法|司法|提升年|活动|涉法|涉诉|信访|积案|化解|攻坚"
    "|专项|专题|报告|建议|督查|督办|督察|事项|新时代|加强|转发|印发|重点|推进|落实|听取|审议|办理|复函"
    "|期间|会议|纪要|责任制|结果|环境|治理|安全|食品|水源|保护|文物|古树|名木|监管|包装|交通|道路|农村"
    "|成立|调整|依法|法律|刑事|行政|办案|案件|文件|材料|归档|范围|保管|期限|学习|考察|新闻|宣传|舆情|信息"
    "|劳动|模范|党费|中心组|高质量发展|重大|决策|部门|决算|职责"
)
_LEAD = re.compile("[一二三四五六七八九十]+、[^。，：；]{2,20}。")
_SCAN_DPI = 150


class TypesettingError(Exception):
    """The typesetter warned: a font or a character would be missing on the paper."""


def render(letter: Letter, received_stamp: str | None = None) -> bytes:
    """The paper as a PDF; the lines of `received_stamp` stand in a red box on its first page."""
    data = json.dumps(_data(letter, received_stamp or ""), ensure_ascii=False)
    pdf, warnings = typst.compile_with_warnings(
        _TEMPLATE, font_paths=_fonts(), format="pdf", sys_inputs={"data": data}
    )
    if warnings:
        raise TypesettingError("; ".join(warning.message for warning in warnings))
    if not isinstance(pdf, bytes):
        raise TypesettingError("The typesetter gave no single file.")
    return pdf


def scan(letter: Letter) -> bytes:
    """The first page as a greyscale JPEG, a little askew and grainy, the same each time."""
    with pypdfium2.PdfDocument(render(letter)) as document:
        bitmap = document[0].render(scale=_SCAN_DPI / 72, grayscale=True)
        page = bitmap.to_pil().convert("L")
    rng = random.Random(zlib.crc32(letter.sender_number.encode()))  # noqa: S311 no secret
    angle = rng.choice((-1, 1)) * rng.uniform(0.4, 1.1)
    askew = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=236)
    grain = Image.frombytes("L", askew.size, rng.randbytes(askew.width * askew.height))
    greyed = ImageChops.subtract(askew, grain.point([value >> 4 for value in range(256)]))
    target = io.BytesIO()
    greyed.save(target, "JPEG", quality=70, dpi=(_SCAN_DPI, _SCAN_DPI))
    return target.getvalue()


@cache
def _fonts() -> typst.Fonts:
    """One for the process: reading the fonts takes longer than setting a page."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec is None or not spec.submodule_search_locations:
        raise TypesettingError("The fonts are not installed: pylopdf-fonts-zh-cn.")
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=list(spec.submodule_search_locations),
    )


def _data(letter: Letter, stamp: str) -> dict[str, object]:
    style = _style(letter.kind)
    day = letter.written_on
    return {
        "style": style,
        "sender": letter.sender,
        "head": _head(letter.sender, style),
        "number": letter.sender_number,
        "urgency": letter.urgency,
        "signed_by": letter.signed_by,
        "title": letter.title,
        "title_lines": _title_lines(letter.title),
        "addressee": letter.addressee,
        "paragraphs": [_parts(paragraph) for paragraph in letter.paragraphs],
        "signer": letter.signer_org,
        "date": f"{day.year}年{day.month}月{day.day}日",
        "written_on": {"year": day.year, "month": day.month, "day": day.day},
        "copies": letter.copies_to,
        "printer": letter.sender.removesuffix("办公室") + "办公室",
        "stamp": stamp.splitlines(),
    }


def _style(kind: str) -> str:
    """A 函 has a letterhead, a 纪要 its own head, what goes upwards names who signed it."""
    return {"函": "letter", "纪要": "minutes", "请示": "upward", "报告": "upward"}.get(
        kind, "document"
    )


def _head(sender: str, style: str) -> str:
    if style == "letter":
        return sender
    return sender.removesuffix("办公室") + "会议纪要" if style == "minutes" else f"{sender}文件"


def _parts(paragraph: str) -> dict[str, str]:
    """A first-level heading that opens a paragraph is set in another face than the rest."""
    lead = _LEAD.match(paragraph)
    end = lead.end() if lead else 0
    return {"lead": paragraph[:end], "rest": paragraph[end:]}


def _title_lines(title: str) -> list[str]:
    """The title in lines of nearly equal length that break no word (词意完整、排列对称)."""
    count = -(-len(title) // _LINE)
    inside = {
        place for word in _WORDS.finditer(title) for place in range(word.start() + 1, word.end())
    }
    lines = []
    while count > 1:
        ideal = len(title) / count
        places = range(max(1, len(title) - (count - 1) * _LINE), min(_LINE, len(title) - 1) + 1)
        best = min(places, key=lambda place: _break_cost(title, place, ideal, inside))
        lines.append(title[:best])
        title = title[best:]
        inside = {place - best for place in inside}
        count -= 1
    return [*lines, title]


def _break_cost(title: str, place: int, ideal: float, inside: set[int]) -> float:
    breaks_a_word = place in inside or title[place] in _NEVER_FIRST
    return abs(place - ideal) + 20 * breaks_a_word + 20 * (title[place - 1] in _NEVER_LAST)
