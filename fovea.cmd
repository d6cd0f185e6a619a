@echo off
rem Runs Fovea's command line; builds it where there is no build. After a change of the sources run: mvnw package
setlocal
set "FOVEA_HOME=%~dp0"
set "FOVEA_TARGET=%FOVEA_HOME%samples\cli\target"
set "FOVEA_JAVA=java"
if defined JAVA_HOME set "FOVEA_JAVA=%JAVA_HOME%\bin\java"

"%FOVEA_JAVA%" --version >nul 2>nul
if errorlevel 1 (
    echo fovea: no Java 17 at "%FOVEA_JAVA%": install a JDK 17 or later, or set JAVA_HOME to one 1>&2
    exit /b 3
)
if exist "%FOVEA_TARGET%\fovea.jar" if exist "%FOVEA_TARGET%\fovea.classpath" goto run

echo fovea: first use: building ^(some minutes where Maven must fetch 350 MB of libraries, else seconds^) 1>&2
call "%FOVEA_HOME%mvnw.cmd" -B -f "%FOVEA_HOME%pom.xml" -pl samples/cli -am -Dmaven.test.skip=true -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip package 1>&2 <nul
if errorlevel 1 (
    echo fovea: the build failed: Maven's report is above 1>&2
    exit /b 3
)

:run
rem The native libraries read the number of threads when they load, before Java could tell them. "=" separates words here.
set "FOVEA_NEXT="
for %%a in (%*) do (
    if defined FOVEA_NEXT set "OMP_NUM_THREADS=%%~a"
    set "FOVEA_NEXT="
    if "%%~a"=="--threads" set "FOVEA_NEXT=1"
)
for /f "usebackq delims=" %%i in ("%FOVEA_TARGET%\fovea.classpath") do set "CLASSPATH=%FOVEA_TARGET%\fovea.jar;%%i"
"%FOVEA_JAVA%" -XX:+UseSerialGC -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED %FOVEA_JAVA_OPTS% org.fovea.cli.Fovea %*
exit /b %ERRORLEVEL%
