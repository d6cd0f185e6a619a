package org.fovea.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.List;
import org.fovea.server.FoveaServer;
import org.fovea.server.ServerOptions;
import org.fovea.server.model.ModelSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser, with the real server and the shipped models. Screenshots go to {@code target/page}. */
class PageTest {
    private static final Path SHOTS = Path.of("target", "page");
    private static final String WORD = "#caption .word";

    private static FoveaServer server;
    private static Browser browser;

    @BeforeAll
    static void openBrowser() {
        if (!Browser.isInstalled()) {
            System.out.println("PageTest is skipped: there is no chromium with chromedriver in /usr/bin or on PATH");
            abort("no browser");
        }
        server = FoveaServer.start(
                ServerOptions.defaults().withAddress("127.0.0.1", 0)); // loads while the browser starts
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void loadPage() {
        browser.open("http://127.0.0.1:" + server.port() + "/");
        browser.value("localStorage.clear()");
        browser.until(
                "[...document.querySelectorAll('select')].every(s => s.options.length && !s.textContent.includes('loading'))");
    }

    @AfterEach
    void consoleIsEmpty() {
        assertEquals(List.of(), browser.console());
    }

    @Test
    void pointingAtWordsShowsWhereTheModelLooked() {
        chooseSample("meadow.jpg");
        browser.seen("#caption [data-part=done]");
        List<WebElement> words = browser.all(WORD);
        assertTrue(words.size() > 4, () -> "a caption of more than four words, got " + words);
        String none = heat();
        WebElement last = words.get(words.size() - 1);
        browser.hover(last);
        String ofLast = heat();
        assertNotEquals(none, ofLast);
        assertTrue(browser.seen("#legend").getText().startsWith(last.getText()));
        browser.screenshot(SHOTS.resolve("hover.png"));
        browser.hover(words.get(0));
        assertNotEquals(ofLast, heat());
        browser.hover(browser.seen("h1"));
        assertEquals(none, heat());
    }

    @Test
    void keyboardGoesFromWordToWord() {
        chooseSample("plain.jpg");
        browser.seen("#caption [data-part=done]");
        String none = heat();
        browser.value("document.querySelector('" + WORD + "').focus()");
        String first = heat();
        browser.press(Keys.END);
        assertEquals(browser.all(WORD).get(browser.all(WORD).size() - 1), browser.focused());
        String last = heat();
        assertNotEquals(none, last);
        assertNotEquals(first, last);
        String place = String.valueOf(browser.value(
                "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"));
        assertTrue(place.startsWith("looked "), place);
        browser.press(Keys.ENTER, Keys.TAB);
        assertEquals(last, heat(), "Enter keeps the map while the focus goes on");
        browser.press(Keys.ESCAPE);
        assertEquals(none, heat());
    }

    @Test
    void beamsGiveAlternatives() {
        chooseSample("wood.jpg");
        browser.seen("#caption [data-part=done]");
        browser.click("#caption summary");
        WebElement beams = browser.seen("#beams");
        beams.sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.click("#caption [data-part=run]");
        browser.seen("#caption [data-part=alternatives] li");
        assertEquals(3, browser.all("#caption [data-part=alternatives] li").size());
        assertFalse(browser.all(WORD).isEmpty());
    }

    @Test
    void questionsAreAnsweredWithTheGaze() {
        chooseSample("tiles.jpg");
        browser.seen("#ask [data-part=suggestions] button");
        WebElement question = browser.seen("#question");
        question.sendKeys("what color is the cross?", Keys.ENTER);
        String answer = browser.seen("#ask [data-part=answers] .name").getText();
        assertTrue(answer.matches("[a-z]+"), answer);
        assertEquals("true", browser.seen("#ask [data-part=gaze]").getAttribute("aria-pressed"));
        String gaze = heat();
        browser.click("#ask [data-part=gaze]");
        assertNotEquals(gaze, heat());
        browser.click("#ask [data-part=suggestions] button");
        browser.until("document.querySelectorAll('#ask [data-part=history] button').length === 2");
        assertEquals("Answer: ", status().substring(0, 8));
        browser.screenshot(SHOTS.resolve("answer.png"));
    }

    @Test
    void masksCanBeTurnedOffAndSteppedThrough() {
        chooseSample("nuclei.png");
        browser.seen("#segment [data-part=done]");
        String all = masks();
        browser.click("#segment [data-part=next]");
        assertNotEquals(all, masks());
        assertTrue(browser.seen("#legend").getText().matches("nucleus 1 of \\d+: \\d+ pixels.*"));
        browser.screenshot(SHOTS.resolve("masks.png"));
        List<WebElement> switches = browser.all("#segment [data-part=classes] input");
        switches.stream().filter(WebElement::isSelected).forEach(WebElement::click);
        assertEquals("0", masks(), "no class is on");
    }

    @Test
    void photographIsClassifiedInTheDarkTheme() {
        browser.click("#theme");
        assertEquals("dark", browser.value("document.documentElement.dataset.theme"));
        chooseSample("cat.jpg");
        assertEquals("cat", browser.seen("#classify [data-part=output] .name").getText());
        browser.screenshot(SHOTS.resolve("dark.png"));
    }

    @Test
    void fileThatIsNoPictureIsRefusedInPlainWords() {
        browser.value(
                "(() => { const files = new DataTransfer(); files.items.add(new File(['no'], 'no.png', {type: 'image/png'}));"
                        + " const input = document.getElementById('file'); input.files = files.files;"
                        + " input.dispatchEvent(new Event('change')); })()");
        assertTrue(browser.seen("#intake-failure").getText().startsWith("This browser cannot show no.png."));
    }

    @Test
    void tokenIsAskedForUntilItIsRight() {
        ServerOptions options = ServerOptions.defaults()
                .withModels(List.of(ModelSource.shipped("cifar10")))
                .withAddress("127.0.0.1", 0)
                .withToken("open sesame");
        try (FoveaServer guarded = FoveaServer.start(options)) {
            browser.open("http://127.0.0.1:" + guarded.port() + "/");
            browser.seen("#token").sendKeys("wrong", Keys.ENTER);
            browser.until("document.getElementById('token').value === ''");
            browser.seen("#token").sendKeys("open sesame", Keys.ENTER);
            browser.until("document.querySelectorAll('#classify option').length === 1");
            assertFalse(browser.all("#token-dialog").get(0).isDisplayed());
            assertTrue(browser.seen("#ask [data-part=about]").getText().startsWith("No model of this task"));
            List<String> refused = browser.console();
            assertEquals(2, refused.size(), refused::toString);
            assertTrue(refused.stream().allMatch(line -> line.contains("401")), refused::toString);
        }
    }

    private static void chooseSample(String name) {
        browser.click("#samples img[src$='" + name + "']");
    }

    /** A sum over what is drawn of the heat map; 0 where nothing is. */
    private static String heat() {
        return drawn("heat");
    }

    private static String masks() {
        return drawn("masks");
    }

    private static String drawn(String canvas) {
        return String.valueOf(browser.value("""
                (drawn => {
                    const copy = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d", { willReadFrequently: true });
                    copy.drawImage(drawn, 0, 0);
                    const { data } = copy.getImageData(0, 0, drawn.width, drawn.height);
                    return data.reduce((sum, v, i) => (sum * 31 + v * (i % 7 + 1)) % 2147483647, 0);
                })(document.getElementById(arguments[0]))""", canvas));
    }

    private static String status() {
        return String.valueOf(browser.value("document.getElementById('status').textContent"));
    }
}
