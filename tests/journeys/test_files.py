"""Several files at once: dropped, chosen, looked at, stopped, released, printed."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey
DIRECTOR = "zhao.yanqiu"  # 赵砚秋, office director of the same procuratorate
TITLE = "关于开展涉案财物专项检查的通知"
DROP = """(box, [name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def scan(scan: Path, tmp_path: Path) -> Path:
    """Another one than other tests have sent: the same would be asked about."""
    path = tmp_path / scan.name
    path.write_bytes(scan.read_bytes() + b"\n% sent among several files\n")
    return path


@pytest.fixture(scope="module")
def photograph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photograph") / "红头扫描（第1页）.jpg"
    Image.new("RGB", (600, 800), "white").save(path)
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It writes about marks, and so it looks like one that bears a mark."""
    path = tmp_path_factory.mktemp("sample") / "标志样式.txt"
    path.write_text("机密★1年\n以上是标志的样式，供制文时对照。\n", encoding="utf-8")
    return path


def test_files_come_one_by_one_and_stay_while_the_form_is_corrected(
    as_person, watch, office, scan: Path, photograph: Path, sample: Path
) -> None:
    clerk, director = as_person(desk.CLERK), as_person(DIRECTOR)
    watch.refused.add(f"{office.url}attachments/upload/")  # the stopped file
    desk.sign_for(clerk, TITLE, scan)
    box = clerk.get_by_label("扫描件或电子件")
    box.set_input_files([photograph, sample])
    expect(desk.file_line(clerk, photograph.name)).to_contain_text("已查看，无密级标志")
    expect(desk.file_line(clerk, sample.name)).to_contain_text("疑似带有密级标志，系统未留存")
    clerk.locator(".files-input").evaluate(DROP, ["拖入的附件.txt", "各县人民检察院：请遵照执行。"])
    expect(desk.file_line(clerk, "拖入的附件.txt")).to_contain_text("文本")

    clerk.get_by_role("button", name="签收").click()
    expect(clerk.get_by_text("有文件没有上传成功")).to_be_visible()
    clerk.get_by_role("button", name=f"移除 {sample.name}").click()

    desk.follow(clerk, clerk.get_by_role("button", name="签收"))
    expect(clerk.locator(".invalid-feedback")).to_contain_text(photograph.name)
    for name in (scan.name, photograph.name, "拖入的附件.txt"):
        expect(desk.file_line(clerk, name)).to_be_visible()
    desk.file_line(clerk, photograph.name).get_by_role("checkbox").check()

    desk.follow(director, director.get_by_role("link", name="消息"))
    desk.follow(director, director.get_by_role("link", name="被拦截的文件").first)
    director.get_by_label("理由").first.fill("只是样式，不涉密")
    desk.follow(director, director.get_by_role("button", name="不涉密，放行").first)
    desk.is_told(director, "已放行")

    clerk.get_by_label("扫描件或电子件").set_input_files(sample)
    expect(desk.file_line(clerk, sample.name)).to_contain_text("文本")
    desk.press_sign_for(clerk)
    expect(clerk.get_by_text("以上是标志的样式，供制文时对照。")).to_be_visible(
        timeout=desk.UNTIL_DRAWN
    )
    expect(desk.trail(clerk).filter(has_text="无密级标志")).to_contain_text(photograph.name)

    with clerk.expect_download() as download:
        clerk.get_by_role("link", name=scan.name).click()
    assert download.value.suggested_filename == scan.name
    assert Path(download.value.path()).read_bytes() == scan.read_bytes()


def test_what_is_printed_is_written_down(as_person) -> None:
    clerk = as_person(desk.CLERK)
    desk.go_to(clerk, "已办")
    desk.follow(clerk, clerk.get_by_role("main").get_by_role("link").first)
    with clerk.expect_response(lambda answer: answer.url.endswith("/printed/")) as answer:
        clerk.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert answer.value.status == 204
    clerk.reload()
    clerk.get_by_text("下载、打印记录").click()
    expect(clerk.locator(".looks li").filter(has_text="打印了该文")).to_be_visible()
