package org.fovea.cli.train.caption;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.captioning.train.CaptionerScores;
import org.fovea.captioning.train.CaptionerScores.Sample;
import org.fovea.captioning.train.CaptionerScores.Written;
import org.fovea.cli.score.CaptionScoreView;
import org.fovea.cli.terminal.Table;
import org.fovea.cli.train.task.BrokenImages;
import org.fovea.cli.train.task.SamplePage;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;

/** Report on a captioner: its scores, all its captions, and a few with what each word looked at. */
record CaptionReport(CaptionerScores result) implements ScoreReport {
    private static final int SHOWN = 3;

    @Override
    public String text() {
        Table table = new Table(1);
        table.row("images", result.captions().size());
        CaptionScoreView.rows(table, result.scores());
        BrokenImages.row(table, result.broken());
        StringBuilder out = new StringBuilder(table.toString());
        List<Written> captions = result.captions();
        for (Written caption : captions.subList(0, Math.min(SHOWN, captions.size()))) {
            out.append(System.lineSeparator())
                    .append(caption.image() + ": " + caption.text())
                    .append(System.lineSeparator())
                    .append("  people: " + caption.references().get(0));
        }
        return out.append(System.lineSeparator()).toString();
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("images", result.captions().size());
        CaptionScoreView.fields(json, result.scores());
        BrokenImages.field(json, result.broken());
        json.writeEndObject();
    }

    /**
     * Writes {@code captions.jsonl}, which {@code fovea score captions} reads, and {@code samples.html} with the figures in
     * {@code attention/}.
     */
    @Override
    public void draw(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        result.captions()
                .forEach(caption -> lines.append(JsonText.line(line(caption))).append('\n'));
        AtomicFile.write(folder.resolve("captions.jsonl"), lines.toString());
        Path figures = Files.createDirectories(folder.resolve("attention"));
        SamplePage page = new SamplePage(
                "Sample captions",
                "Each image once for every word of its caption, with where the model looked when it wrote the word; below them"
                        + " people's captions.");
        for (int i = 0; i < result.samples().size(); i++) {
            Sample sample = result.samples().get(i);
            String file = String.format(Locale.ROOT, "%02d-words.png", i + 1);
            sample.figure().writePng(figures.resolve(file));
            Written caption = sample.caption();
            page.add(caption.text(), "attention/" + file, caption.image(), caption.references());
        }
        AtomicFile.write(folder.resolve("samples.html"), page.html());
    }

    private static Map<String, Object> line(Written caption) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("image", caption.image());
        out.put("hypothesis", caption.text());
        out.put("references", caption.references());
        return out;
    }
}
