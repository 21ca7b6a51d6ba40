@echo off
rem Copyright the Passbridge authors.
rem SPDX-License-Identifier: Apache-2.0
rem
rem Finds Java and starts the launcher; passbridge --help says what it can do.
setlocal
for %%I in ("%~dp0..") do set "PB_HOME=%%~fI"
if not defined PASSBRIDGE_ETC set "PASSBRIDGE_ETC=%PB_HOME%\etc"
if not defined PASSBRIDGE_DATA set "PASSBRIDGE_DATA=%PB_HOME%\data"
set "PB_ETC_OPTIONS=%PASSBRIDGE_ETC%\jvm.options"
if not exist "%PB_ETC_OPTIONS%" set "PB_ETC_OPTIONS=%PB_HOME%\etc\jvm.options"

set "PB_JAVA=java"
if defined JAVA_HOME set "PB_JAVA=%JAVA_HOME%\bin\java"
if defined PASSBRIDGE_JAVA set "PB_JAVA=%PASSBRIDGE_JAVA%"
if exist "%PB_JAVA%\bin\java.exe" set "PB_JAVA=%PB_JAVA%\bin\java"

set PB_OPTIONS=-Xmx256m -XX:TieredStopAtLevel=1
if "%~1"=="run" set PB_OPTIONS="@%PB_ETC_OPTIONS%" "-XX:ErrorFile=%PASSBRIDGE_DATA%\log\hs_err_%%p.log"
if "%~1"=="demo" set PB_OPTIONS="@%PB_ETC_OPTIONS%"

"%PB_JAVA%" "@%PB_HOME%\lib\jvm.options" %PB_OPTIONS% "-Dpassbridge.home=%PB_HOME%" -jar "%PB_HOME%\lib\passbridge-launcher.jar" %*
exit /b %ERRORLEVEL%
