package org.fovea.server.page;

import java.util.List;
import org.openqa.selenium.WebElement;

/** The page as a person sees it. */
record Page(Browser browser) {
    /** Loads it and waits for the models. */
    void open(int port) {
        browser.open("http://127.0.0.1:" + port + "/");
        browser.value("localStorage.clear()");
        browser.until("[...document.querySelectorAll('select')]"
                + ".every(s => s.options.length && !s.textContent.includes('loading'))");
    }

    void chooseSample(String name) {
        browser.click("#samples img[src$='" + name + "']");
    }

    void chooseModel(String card, String name) {
        browser.click("#" + card + " option[value='" + name + "']");
    }

    /** Waits for the results of a card: {@code caption}, {@code ask}, {@code segment} or {@code classify}. */
    void await(String card) {
        browser.until("!document.querySelector('#" + card + " [data-part=done]').hidden"
                + " && !document.getElementById('" + card + "').hasAttribute('aria-busy')");
    }

    /** The words of the caption. */
    List<WebElement> words() {
        return browser.all("#caption .word");
    }

    /** The text below the picture. */
    String legend() {
        return browser.seen("#legend").getText();
    }

    /** The last text for screen readers. */
    String announced() {
        return String.valueOf(browser.value("document.getElementById('status').textContent"));
    }

    /** A sum over what is drawn of the heat map; 0 where nothing is. */
    String heat() {
        return drawn("heat");
    }

    /** A sum over what is drawn of the masks; 0 where nothing is. */
    String masks() {
        return drawn("masks");
    }

    private String drawn(String canvas) {
        return String.valueOf(browser.value("""
                (drawn => {
                    const copy = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d", { willReadFrequently: true });
                    copy.drawImage(drawn, 0, 0);
                    const { data } = copy.getImageData(0, 0, drawn.width, drawn.height);
                    return data.reduce((sum, v, i) => (sum * 31 + v * (i % 7 + 1)) % 2147483647, 0);
                })(document.getElementById(arguments[0]))""", canvas));
    }
}
