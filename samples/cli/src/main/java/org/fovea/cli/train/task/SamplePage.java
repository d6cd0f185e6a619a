package org.fovea.cli.train.task;

import java.util.List;
import java.util.stream.Collectors;

/** Page of samples of a report: HTML that needs nothing but its pictures. */
public final class SamplePage {
    private final String title;
    private final String about;
    private final StringBuilder articles = new StringBuilder();

    /**
     * Creates a page without samples.
     *
     * @param about description of the samples, a sentence or two
     */
    public SamplePage(String title, String about) {
        this.title = title;
        this.about = about;
    }

    /**
     * Adds a sample.
     *
     * @param figure path path of its picture, relative to the page
     * @param image name of the image that it shows
     * @param lines lines of text below the picture
     */
    public void add(String heading, String figure, String image, List<String> lines) {
        articles.append("""
            <article>
            <h2>%s</h2>
            <img src="%s" alt="%s">
            <ul>%s</ul>
            </article>
            """.formatted(
                escaped(heading),
                figure,
                escaped(image),
                lines.stream().map(each -> "<li>" + escaped(each) + "</li>").collect(Collectors.joining())));
    }

    /** Content of the page in HTML. */
    public String html() {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>%1$s</title>
            <style>
            body { max-width: 1120px; margin: 24px auto; padding: 0 20px; font: 16px/1.5 system-ui, sans-serif; }
            img { max-width: 100%%; height: auto; }
            li { color: #5a636d; }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            <p>%2$s</p>
            %3$s</body>
            </html>
            """.formatted(escaped(title), escaped(about), articles);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
