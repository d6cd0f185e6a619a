package org.fovea.cli.gallery;

import java.util.List;
import java.util.stream.Collectors;

/** The page around the pictures: HTML that needs nothing but them. */
final class Page {
    private static final String STYLE = """
            :root { color-scheme: light dark; --paper: #fbfbfa; --ink: #1b1f24; --soft: #5a636d; --card: #ffffff;
              --line: #dfe2e6; --link: #31688e; }
            @media (prefers-color-scheme: dark) {
              :root { --paper: #14171a; --ink: #e8eaed; --soft: #a3abb4; --card: #1d2125; --line: #33393f;
                --link: #6dcd9a; }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink);
              font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
            header, main, footer { max-width: 1120px; margin: 0 auto; padding: 24px 20px; }
            h1 { font-size: 2rem; line-height: 1.2; margin: 16px 0 8px; }
            header p, footer { color: var(--soft); max-width: 46rem; }
            nav { display: flex; flex-wrap: wrap; gap: 6px 16px; margin-top: 16px; font-size: 0.9rem; }
            a { color: var(--link); }
            article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px;
              margin: 0 0 28px; }
            article h2 { margin: 0 0 6px; font-size: 1.25rem; }
            article p { margin: 0 0 12px; max-width: 46rem; }
            .papers { color: var(--soft); font-size: 0.9rem; }
            code { font-size: 0.92em; }
            img { display: block; max-width: 100%; height: auto; border-radius: 6px; background: #ffffff; }
            """;

    private Page() {}

    static String of(List<Exhibit> exhibits) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Fovea: a gallery of attention</title>
            <style>
            %s</style>
            </head>
            <body>
            <header>
            <h1>A gallery of attention</h1>
            <p>Each picture is drawn from the attention weights of the real block, run on the backend. Weights that would be
            learned are set by hand, but for the trained model, so that what a mechanism looks at can be seen; yellow is much, violet
            little attention.</p>
            <nav>%s</nav>
            </header>
            <main>
            %s</main>
            <footer>Written by <code>fovea gallery</code>. The picture of the balls is computed and belongs to nobody.</footer>
            </body>
            </html>
            """.formatted(
                        STYLE,
                        exhibits.stream().map(Page::link).collect(Collectors.joining("\n")),
                        exhibits.stream().map(Page::article).collect(Collectors.joining()));
    }

    private static String link(Exhibit exhibit) {
        return "<a href=\"#%s\">%s</a>".formatted(exhibit.id(), escaped(exhibit.title()));
    }

    private static String article(Exhibit exhibit) {
        String papers = exhibit.papers().stream()
                .map(paper -> "<a href=\"%s\">%s</a>".formatted(paper.url(), escaped(paper.name())))
                .collect(Collectors.joining(", "));
        String blocks = exhibit.blocks().stream()
                .map(block -> "<code>%s</code>".formatted(block.getSimpleName()))
                .collect(Collectors.joining(", "));
        return """
            <article id="%s">
            <h2>%s</h2>
            <p>%s</p>
            <p class="papers">%s &middot; %s</p>
            <a href="%s"><img src="%s" alt="%s" loading="lazy"></a>
            </article>
            """.formatted(
                        exhibit.id(),
                        escaped(exhibit.title()),
                        escaped(exhibit.text()),
                        papers,
                        blocks,
                        exhibit.file(),
                        exhibit.file(),
                        escaped(exhibit.title()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
