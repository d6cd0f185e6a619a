package org.fovea.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.view.HeatMap;
import org.fovea.server.FoveaServer;
import org.fovea.server.ServerOptions;
import org.fovea.server.model.ModelSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser, with the real server and the shipped models. Screenshots go to {@code target/page}. */
class PageTest {
    private static final Path SHOTS = Path.of("target", "page");
    private static final int LEAST_SAVED = 640;
    private static final int WIDTH = 40;
    private static final int HEIGHT = 24;
    private static final int GRAY = 150;

    @TempDir
    private static Path downloads;

    private static FoveaServer server;
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void openBrowser() {
        if (!Browser.isInstalled()) {
            System.out.println("PageTest is skipped: there is no chromium with chromedriver in /usr/bin or on PATH");
            abort("no browser");
        }
        List<ModelSource> models = new ArrayList<>(ServerOptions.defaults().models());
        models.add(ModelSource.folder("sam", FixtureFiles.of("sam")));
        server = start(ServerOptions.defaults().withModels(models)); // loads while the browser starts
        browser = Browser.start(downloads);
        page = new Page(browser);
    }

    private static FoveaServer start(ServerOptions options) {
        return FoveaServer.start(options.withAddress("127.0.0.1", 0));
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
        page.chooseSample("meadow.jpg");
        page.await("caption");
        List<WebElement> words = page.words();
        assertTrue(words.size() > 4, () -> "a caption of more than four words, got " + words);
        String none = page.heat();
        WebElement last = words.get(words.size() - 1);
        browser.hover(last);
        String ofLast = page.heat();
        assertNotEquals(none, ofLast);
        assertTrue(page.legend().startsWith(text(last)));
        browser.screenshot(SHOTS.resolve("hover.png"));
        browser.hover(words.get(0));
        assertNotEquals(ofLast, page.heat());
        browser.hover(browser.seen("h1"));
        assertEquals(none, page.heat());
    }

    @Test
    void keyboardGoesFromWordToWord() {
        page.chooseSample("plain.jpg");
        page.await("caption");
        String none = page.heat();
        browser.value("document.querySelector('#caption .word').focus()");
        String first = page.heat();
        browser.press(Keys.END);
        assertEquals(page.words().get(page.words().size() - 1), browser.focused());
        String last = page.heat();
        assertNotEquals(none, last);
        assertNotEquals(first, last);
        String place = String.valueOf(browser.value(
                "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"));
        assertTrue(place.startsWith("looked "), place);
        browser.press(Keys.ENTER, Keys.TAB);
        assertEquals(last, page.heat(), "Enter keeps the map while the focus goes on");
        browser.press(Keys.ESCAPE);
        assertEquals(none, page.heat());
    }

    @Test
    void beamsGiveAlternatives() {
        page.chooseSample("wood.jpg");
        page.await("caption");
        browser.click("#caption summary");
        WebElement beams = browser.seen("#beams");
        beams.sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.click("#caption [data-part=run]");
        browser.seen("#caption [data-part=alternatives] li");
        assertEquals(3, browser.all("#caption [data-part=alternatives] li").size());
        assertFalse(page.words().isEmpty());
    }

    @Test
    void questionsAreAnsweredWithTheGaze() {
        page.chooseSample("tiles.jpg");
        browser.seen("#ask [data-part=suggestions] button");
        WebElement question = browser.seen("#question");
        question.sendKeys("what color is the cross?", Keys.ENTER);
        String answer = browser.seen("#ask [data-part=answers] .name").getText();
        assertTrue(answer.matches("[a-z]+"), answer);
        assertEquals("true", browser.seen("#ask [data-part=gaze]").getAttribute("aria-pressed"));
        String gaze = page.heat();
        browser.click("#ask [data-part=gaze]");
        assertNotEquals(gaze, page.heat());
        browser.click("#ask [data-part=suggestions] button");
        browser.until("document.querySelectorAll('#ask [data-part=history] button').length === 2");
        assertEquals("Answer: ", page.announced().substring(0, 8));
        browser.screenshot(SHOTS.resolve("answer.png"));
    }

    @Test
    void masksCanBeTurnedOffAndSteppedThrough() {
        page.chooseSample("nuclei.png");
        page.await("segment");
        String all = page.masks();
        browser.click("#segment [data-part=next]");
        assertNotEquals(all, page.masks());
        assertTrue(page.legend().matches("nucleus 1 of \\d+: \\d+ pixels.*"));
        browser.screenshot(SHOTS.resolve("masks.png"));
        List<WebElement> switches = browser.all("#segment [data-part=classes] input");
        switches.stream().filter(WebElement::isSelected).forEach(WebElement::click);
        assertEquals("0", page.masks(), "no class is on");
    }

    @Test
    void pointsSelectWithPointerAndKeyboard() {
        page.chooseModel("segment", "sam");
        page.chooseSample("meadow.jpg");
        page.await("caption");
        String none = page.masks();
        browser.click("#frame");
        page.await("segment");
        String one = page.masks();
        assertNotEquals(none, one);
        browser.value("document.getElementById('frame').focus()");
        browser.press(Keys.ARROW_LEFT, Keys.ARROW_UP, Keys.DELETE);
        page.await("segment");
        assertNotEquals(one, page.masks());
        String asked = String.valueOf(
                browser.value("decodeURIComponent(performance.getEntriesByType('resource').at(-1).name)"));
        assertTrue(asked.matches(".*points=\\[\\[\\d+,\\d+,1],\\[\\d+,\\d+,0]]"), asked);
        browser.click("#segment [data-part=clear]");
        assertEquals(none, page.masks());
    }

    /** Text of a word, also while it still appears, when {@link WebElement#getText} takes it for hidden. */
    private static String text(WebElement word) {
        return word.getDomProperty("textContent").strip();
    }

    @Test
    void resultsAreSaved() throws IOException {
        page.chooseSample("tiles.jpg");
        page.await("caption");
        String caption = page.words().stream().map(PageTest::text).collect(Collectors.joining(" "));
        browser.click("#caption [data-part=save-text]");
        assertEquals(
                caption, Files.readString(browser.saved("tiles-caption.txt")).strip());
        page.words().get(0).click();
        browser.click("#save-heat");
        RgbImage heat = ImageDecoder.create().decode(browser.saved("tiles-heat.png"));
        assertEquals(LEAST_SAVED, Math.max(heat.width(), heat.height()));
    }

    @Test
    void photographIsClassifiedInTheDarkTheme() {
        browser.click("#theme");
        assertEquals("dark", browser.value("document.documentElement.dataset.theme"));
        page.chooseSample("cat.jpg");
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
    void heatMapsLookAsTheLibraryDrawsThem() {
        float[][] weights = {{0.1f, 0.5f, 0.2f}, {0.9f, 0.05f, 0.3f}};
        RgbImage gray = RgbImage.of(HEIGHT, WIDTH, filled(GRAY));
        InputGeometry geometry = new InputGeometry(WIDTH * 0.25, HEIGHT * 0.125, WIDTH * 0.75, HEIGHT * 0.875);
        byte[] expected = HeatMap.of(weights).drawOn(gray, geometry).toBytes();
        List<?> drawn = (List<?>) browser.value(
                """
                import("/script/heatmap.js").then(({ drawHeat }) => {
                    const [width, height, gray, weights, region] = arguments;
                    const heat = new OffscreenCanvas(width, height);
                    drawHeat(heat, { rows: 2, columns: 3, weights, region });
                    const all = new OffscreenCanvas(width, height).getContext("2d");
                    all.fillStyle = `rgb(${gray} ${gray} ${gray})`;
                    all.fillRect(0, 0, width, height);
                    all.drawImage(heat, 0, 0);
                    return Array.from(all.getImageData(0, 0, width, height).data).filter((_, i) => i % 4 < 3);
                })""",
                WIDTH,
                HEIGHT,
                GRAY,
                List.of(0.1, 0.5, 0.2, 0.9, 0.05, 0.3),
                Map.of("left", 0.25, "top", 0.125, "right", 0.75, "bottom", 0.875));
        assertEquals(expected.length, drawn.size());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i] & 0xff, ((Number) drawn.get(i)).intValue(), 2, "value " + i);
        }
    }

    private static byte[] filled(int value) {
        byte[] out = new byte[3 * WIDTH * HEIGHT];
        Arrays.fill(out, (byte) value);
        return out;
    }

    @Test
    void tokenIsAskedForUntilItIsRight() {
        ServerOptions options = ServerOptions.defaults()
                .withModels(List.of(ModelSource.shipped("cifar10")))
                .withToken("open sesame");
        try (FoveaServer guarded = start(options)) {
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
}
