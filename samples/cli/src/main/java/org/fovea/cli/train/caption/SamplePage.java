package org.fovea.cli.train.caption;

import java.util.stream.Collectors;
import org.fovea.captioning.train.CaptionerScores.Written;

/** Page of sample captions: HTML that needs nothing but its pictures. */
final class SamplePage {
    private SamplePage() {}

    static String of(String articles) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Sample captions</title>
            <style>
            body { max-width: 1120px; margin: 24px auto; padding: 0 20px; font: 16px/1.5 system-ui, sans-serif; }
            img { max-width: 100%%; height: auto; }
            li { color: #5a636d; }
            </style>
            </head>
            <body>
            <h1>Sample captions</h1>
            <p>Each image once for every word of its caption, with where the model looked when it wrote the word; below them
            people's captions.</p>
            %s</body>
            </html>
            """.formatted(articles);
    }

    static String article(String figure, Written caption) {
        return """
            <article>
            <h2>%s</h2>
            <img src="%s" alt="%s">
            <ul>%s</ul>
            </article>
            """.formatted(
                        escaped(caption.text()),
                        figure,
                        escaped(caption.image()),
                        caption.references().stream()
                                .map(each -> "<li>" + escaped(each) + "</li>")
                                .collect(Collectors.joining()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
