@echo off
rem Windows: a double click sets the dashboard up and opens it, as "python run.py" does.
chcp 65001 >nul
cd /d "%~dp0"
for %%P in ("py -3" "python" "python3") do (
    %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && (
        %%~P run.py %*
        goto done
    )
)
echo 這台電腦還沒有 Python 3.11 以上的版本。請從打開的網頁下載安裝，記得勾選 Add python.exe to PATH，再按兩下這個檔案一次。
echo Python 3.11 or newer is needed. Install it from the page that opens, tick "Add python.exe to PATH", then double-click this file again.
start "" "https://www.python.org/downloads/"
pause
exit /b 1
:done
if errorlevel 1 pause
