"""How names are read, so that their first letters find them."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from pypinyin import lazy_pinyin

from organization import pinyin
from organization.models import User
from organization.pinyin import reading

BEFORE, AFTER = [("organization", "0002_user_email")], [("organization", "0003_user_pinyin")]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("任远帆", "ren yuan fan"),
        ("华山", "hua shan"),
        ("单雄信", "shan xiong xin"),
        ("仇英", "qiu ying"),
        ("解立群", "xie li qun"),
        ("区志航", "ou zhi hang"),
        ("查慎行", "zha shen xing"),
        ("曾国", "zeng guo"),
        ("朴英子", "piao ying zi"),
        ("盖宽", "ge kuan"),
        ("缪雨", "miao yu"),
        ("覃芳", "qin fang"),
        ("乐毅", "yue yi"),
        ("黑伯阳", "he bo yang"),
        ("翟素琴", "zhai su qin"),
        ("吕布", "lv bu"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, read):
    assert reading(name) == read


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("尉迟恭", "yu chi gong"),
        ("尉小明", "wei xiao ming"),
        ("万俟雪", "mo qi xue"),
        ("万小雨", "wan xiao yu"),
        ("长孙无忌", "zhang sun wu ji"),
        ("令狐冲", "ling hu chong"),
        ("欧阳明", "ou yang ming"),
        ("单于明", "chan yu ming"),
    ],
)
def test_a_surname_of_two_characters_is_taken_before_one_of_one(name, read):
    assert reading(name) == read


def test_the_same_character_in_a_given_name_is_read_as_in_words():
    assert reading("李乐") == "li le"
    assert reading("张黑") == "zhang hei"


def test_surname_and_given_name_make_no_word_together():
    """王朝 would be a dynasty, wang chao."""
    assert lazy_pinyin("王朝阳")[1] == "chao"
    assert reading("王朝阳") == "wang zhao yang"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("买买提·阿不都", "mai mai ti a bu du"),
        ("阿卜杜拉·艾山", "a bu du la ai shan"),
        ("曾金・扎西", "ceng jin zha xi"),
        ("阿卜杜拉·Aziz", "a bu du la aziz"),
        ("Ñandú Li", "nandu li"),
        ("Lü 李", "lv li"),
        ("张　曾", "zhang ceng"),
        (" 张 堃 ", "zhang kun"),
        ("李Ａ二", "li a er"),
        ("李明2", "li ming 2"),
    ],
)
def test_dots_gaps_and_other_letters_are_read_as_well(name, read):
    """No surname stands in front of a dot; 张　曾 is how lists set a name of two characters."""
    assert reading(name) == read


def test_what_has_no_reading_is_left_out():
    assert reading("") == ""
    assert reading("Ахмет") == ""
    assert reading("𠮷野") == "ye"


def test_the_table_holds_only_what_the_library_reads_otherwise():
    for name, read in pinyin._table("surname").items():
        apart = lazy_pinyin(name[0]) + lazy_pinyin(name[1:])
        assert " ".join(apart) != read, name


def test_a_new_person_is_read_unless_somebody_wrote_it(north):
    made = User.objects.create_user("zeng.le", name="曾乐", procuratorate=north)
    written = User.objects.create_user(
        "zeng.yue", name="曾乐", procuratorate=north, pinyin="zeng yue"
    )
    assert (made.pinyin, written.pinyin) == ("zeng le", "zeng yue")


@pytest.mark.parametrize("wrong", ["ren  yuan", " ren", "ren ", "rèn", "任", "ren\n"])
def test_the_database_takes_lower_case_syllables_only(north, wrong):
    user = User.objects.create_user("ren", name="任", procuratorate=north)
    with pytest.raises(IntegrityError, match="reading_is_syllables"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(pinyin=wrong)


@pytest.mark.parametrize("name", ["单" * 50, "装" * 50, "ａ" * 50])
def test_the_longest_name_has_room_for_its_reading(name):
    assert len(reading(name)) <= User._meta.get_field("pinyin").max_length


@pytest.fixture
def executor(transactional_db):
    yield MigrationExecutor(connection)
    last = MigrationExecutor(connection)
    last.migrate(last.loader.graph.leaf_nodes())


def test_people_from_before_are_read_by_the_migration(executor):
    executor.migrate(BEFORE)
    apps = executor.loader.project_state(BEFORE).apps
    place = apps.get_model("organization", "Procuratorate").objects.create(
        name="东丘县人民检察院", short_name="东丘县院", level="county"
    )
    apps.get_model("organization", "User").objects.create(
        username="shan", name="单雄信", procuratorate=place
    )
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    assert User.objects.values_list("pinyin", flat=True).get(username="shan") == "shan xiong xin"
