#!/bin/sh
# macOS: a double click sets the dashboard up and opens it, as `python3 run.py` does.
cd "$(dirname "$0")" || exit 1
for python in python3 python3.14 python3.13 python3.12 python3.11 python \
    /Library/Frameworks/Python.framework/Versions/Current/bin/python3 /opt/homebrew/bin/python3 /usr/local/bin/python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$python" run.py "$@"
    fi
done
echo "這台電腦還沒有 Python 3.11 以上的版本。請從剛打開的網頁下載安裝，再按兩下這個檔案一次。"
echo "Python 3.11 or newer is needed. Download and install it from the page that opens, then double-click this file again."
open "https://www.python.org/downloads/" 2>/dev/null || echo "https://www.python.org/downloads/"
[ -t 0 ] && { printf '按 Enter 關閉 Press Enter to close '; read -r _; }
exit 1
