package org.fovea.server.page;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.net.PortProber;

/** Chromium of this machine without a window. Nothing is downloaded: browser and driver are given by their paths. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 30;
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium"); // held, or its level is lost

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** Returns whether Chromium and its driver are there. */
    static boolean isInstalled() {
        return chromium().isPresent() && driver().isPresent();
    }

    private static Optional<Path> chromium() {
        return program("chromium").or(() -> program("google-chrome"));
    }

    private static Optional<Path> driver() {
        return program("chromedriver");
    }

    private static Optional<Path> program(String name) {
        Stream<String> path = Stream.of(System.getenv("PATH").split(File.pathSeparator));
        return Stream.concat(Stream.of("/usr/bin"), path)
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts a browser.
     *
     * @param downloads folder for what the page saves
     */
    static Browser start(Path downloads) {
        SELENIUM.setLevel(
                Level.SEVERE); // it warns that it has no classes for the browser's own protocol, which no test uses
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toString());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run");
        options.addArguments("--disable-quic", "--disable-background-networking", "--disable-component-update");
        options.addArguments("--disable-sync", "--hide-scrollbars", "--window-size=1200,1000");
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return new Browser(new ChromeDriver(service(driver().orElseThrow()), options), downloads);
    }

    private static ChromeDriverService service(Path driver) {
        int port = PortProber.findFreePort();
        List<String> arguments = List.of("--port=" + port, "--log-level=OFF");
        try {
            ChromeDriverService service =
                    new ChromeDriverService(driver.toFile(), port, PATIENCE, arguments, System.getenv());
            service.sendOutputTo(OutputStream.nullOutputStream());
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void open(String address) {
        driver.get(address);
    }

    /** Lines of the console: errors, warnings, refused resources and whatever the page logs. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    /** The first element of a CSS selector that can be seen, waited for. */
    WebElement seen(String selector) {
        return waitFor("to see " + selector, () -> driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst());
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    void click(String selector) {
        seen(selector).click();
    }

    void hover(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** The element that has the keyboard's focus. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** The value of an expression in the page. */
    Object value(String expression, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript("return " + expression, arguments);
    }

    /** Waits until an expression in the page is true. */
    void until(String expression) {
        waitFor("for " + expression, () -> Optional.of(value(expression)).filter(Boolean.TRUE::equals));
    }

    void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that the page saved, waited for. */
    Path saved(String name) {
        return waitFor("for the file " + name, () -> Optional.of(downloads.resolve(name))
                .filter(Files::exists));
    }

    private interface Attempt<T> {
        Optional<T> result();
    }

    private <T> T waitFor(String what, Attempt<T> attempt) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                Optional<T> result = attempt.result();
                if (result.isPresent()) {
                    return result.get();
                }
                Thread.sleep(POLL_MILLIS);
            } catch (StaleElementReferenceException changed) {
                continue; // the page replaced it meanwhile
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Browser: interrupted while it waited " + what, e);
            }
        }
        throw new AssertionError("waited " + PATIENCE.toSeconds() + " s " + what + "; the console says " + console());
    }

    @Override
    public void close() {
        driver.quit();
    }
}
