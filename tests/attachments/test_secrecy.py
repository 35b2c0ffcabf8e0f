"""Marks of secrecy are told from the words that other papers use."""

import pytest

from attachments.models import Place
from attachments.secrecy import is_marked, place_of_mark

TITLE = "关于开展安全检查的通知\n各县人民检察院：\n请于月底前报送。"
MARKED = [
    "机密★1年\n",
    "秘密★10年\n特急\n",
    "绝密★长期\n",
    "机密★会议开始前\n",
    "000001\n机密★20年\n特急\n",
    "机 密 ★ 5 年\n",
    "秘　密★１年\n",
    "机密☆3年\n",
    "秘密 ★ 2027年1月1日\n",
    "机\u200b密★1年\n",
    "机密\n",
    "【秘密】\n",
    "  绝 密  \n",
    "秘密 10年\n",
    "密级：机密\n",
    "密 级 : 秘密\n",
    "机密*5年\n",
    "秘密＊长期\n",
    "密级：绝密★启用前\n",
    "机密 ⭐ 6个月\n",
    "★机密 特急\n",
    "000001 机密 特急\n",
    "000001 机密1年\n",
    "机密（1年）\n",
    "机密·1年\n",
    "机密二十年\n",
    "机密级\n",
    "密级：★机密\n",
    "密级：〔机密〕\n",
    "密级 机密\n",
    "機密★\n",
    "絕密★長期\n",
    "机密✭2年\n",
    "机密🌟\n",
    "机密\uf0ab1年\n",
    "机-密★1年\n".replace("-", "\u3164"),
    "机\u034f密\ufe00★1年\n",
    "机密　★\n",
    "机密-★1年\n",
]
NAMES_MARKED = [
    "机密★1年 关于检查的通知.pdf",
    "【机密】关于检查的通知.docx",
    "（秘密）会议纪要.docx",
    "秘密-会议纪要.pdf",
    "会议纪要_绝密.pdf",
    "机密.pdf",
    "[绝密级]名单.xlsx",
    "机密通知.txt",
    "绝密文件.txt",
    "1机密.txt",
    "机密：通知.txt",
    "通知“机密”.txt",
    "「机密」通知.txt",
    "通知 机密1年.txt",
    "機密.txt",
]
ORDINARY = [
    "关于加强商业秘密司法保护的意见",
    "关于学习宣传保守国家秘密法的通知",
    "机密级计算机和移动存储介质管理办法",
    "工作秘密管理暂行办法",
    "秘密侦查措施适用情况的报告",
    "个人隐私、商业秘密不公开审理",
    "关于开展保密自查自评工作的通知，重点检查绝密级、机密级、秘密级文件的收发登记。",
    "国家秘密分为绝密、机密、秘密三级。",
    "★★★ 优秀等次",
    "五星级★★★★★",
    "内部资料★注意保存",
    "密级栏不填写。",
    "涉密人员、机要人员名册（不含密级）",
    "会议秘书处",
    "秘密级以上文件不得在本系统办理",
    "密码★长期更换",
    "机要室、档案室",
    "泄露秘密的，依法追究责任。",
    "2026年★重点工作",
    "商业秘密*2件、著作权3件",
]
NAMES_ORDINARY = [
    "关于加强商业秘密保护的意见.pdf",
    "保守国家秘密法宣讲提纲.docx",
    "工作秘密事项清单.xlsx",
    "机密级设备管理办法.pdf",
    "秘密侦查.docx",
    "通知★重要.pdf",
]


@pytest.mark.parametrize("mark", MARKED)
def test_a_mark_at_the_head_of_a_paper_is_found(mark):
    assert place_of_mark("来文.pdf", mark + TITLE) == Place.FIRST_PAGES


@pytest.mark.parametrize("name", NAMES_MARKED)
def test_a_mark_in_the_name_is_found(name):
    assert place_of_mark(name, TITLE) == Place.NAME


@pytest.mark.parametrize("words", ORDINARY)
def test_words_of_ordinary_papers_are_no_mark(words):
    text = f"{words}\n{TITLE}\n{words}"
    assert place_of_mark("来文.pdf", text) is None
    assert not is_marked(text)


@pytest.mark.parametrize("name", NAMES_ORDINARY)
def test_words_in_ordinary_names_are_no_mark(name):
    assert place_of_mark(name, TITLE) is None


def test_a_level_that_stands_alone_further_down_is_a_cell_of_a_table():
    text = TITLE + "\n" + "一、自查内容\n" * 8 + "机密\n秘密\n"
    assert place_of_mark("来文.pdf", text) is None


def test_a_star_is_found_on_whatever_page_it_stands():
    assert is_marked(TITLE * 500 + "附件\n机密★3年\n" + TITLE * 500)
    assert not is_marked(TITLE * 500 + "附件\n机密\n" + TITLE * 500)
