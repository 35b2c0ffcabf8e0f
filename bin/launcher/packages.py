"""What tests need beside Python packages: a browser, a Chinese font, nginx, gettext."""

from __future__ import annotations

import os
import shutil
import subprocess

from launcher import signals
from launcher.talk import say, slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM, FONT, GETTEXT, NGINX = "chromium", "fonts-wqy-zenhei", "gettext", "nginx"


def browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def nginx() -> str | None:
    """Debian has it where only root looks for programs."""
    return shutil.which(NGINX) or shutil.which(f"/usr/sbin/{NGINX}")


def missing(*, with_browser: bool) -> list[str]:
    """Debian's names of what is not there."""
    names = [] if shutil.which("xgettext") and shutil.which("msgmerge") else [GETTEXT]
    if with_browser:
        names += [] if browser() else [CHROMIUM]
        names += [] if _has_chinese_font() else [FONT]
        names += [] if nginx() else [NGINX]
    return names


def _has_chinese_font() -> bool:
    """Without one a browser draws boxes; any font that claims Chinese will do."""
    if not shutil.which("fc-list"):
        return False
    ask = ["fc-list", ":lang=zh-cn", "family"]
    return bool(subprocess.run(ask, capture_output=True, check=False).stdout.strip())


def install(names: list[str]) -> None:
    """Only as root on Debian; elsewhere whoever needs a missing one says so when it is needed."""
    if not names or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    with slow(f"用 apt-get 安装 {' '.join(names)}", 30 if CHROMIUM in names else 5):
        done = _apt_get("install", *names)
        if not (done or (_apt_get("update") and _apt_get("install", *names))):
            say("  没有成功")
    if NGINX in names and shutil.which("systemctl"):
        _stop_service(NGINX)


def _stop_service(name: str) -> None:
    """Debian starts what it installs; tests start their own, and this machine is no web server."""
    stop = ["systemctl", "disable", "--now", name]
    subprocess.run(stop, capture_output=True, check=False)


def _apt_get(*arguments: str) -> bool:
    options = ["-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    process = subprocess.Popen(
        ["apt-get", *options, *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while process.poll() is None:
            signals.pause(0.1)
    finally:
        process.terminate()  # apt-get ends cleanly; killed, it would leave packages half unpacked
        process.wait()
    return process.returncode == 0
