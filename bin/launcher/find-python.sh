# Sourced by bin/run, bin/test and .ci/run: sets $python to a Python that can do the work.
# A finished environment answers first, so that a second start need not search.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
PYTHONPATH=$root/bin
export PYTHONPATH
unset PYTHONHOME

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
has_venv='import ensurepip, venv'

find_python() {
    python=$root/.venv/bin/python
    if [ -f "$root/.venv/installed" ] && "$python" -c "$new_enough" 2>/dev/null; then
        return
    fi
    sentence='需要 Python 3.11 或更高版本：请先安装（Debian：apt install python3 python3-venv）。'
    for python in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$python" -c "$new_enough" >/dev/null 2>&1; then
            if "$python" -c "$has_venv" >/dev/null 2>&1; then
                return
            fi
            sentence='这个 Python 缺少 venv 模块：请先安装（Debian：apt install python3-venv）。'
        fi
    done
    echo "$sentence" >&2
    exit 1
}

find_python
