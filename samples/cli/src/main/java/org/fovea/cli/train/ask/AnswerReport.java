package org.fovea.cli.train.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.cli.score.AnswerScoreView;
import org.fovea.cli.terminal.Table;
import org.fovea.cli.train.task.BrokenImages;
import org.fovea.cli.train.task.SamplePage;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;
import org.fovea.vqa.train.AnswererScores;
import org.fovea.vqa.train.AnswererScores.Given;
import org.fovea.vqa.train.AnswererScores.Mistake;

/** Report on an answerer: its accuracy, all its answers, and the mistakes that it was surest of, with where it looked. */
record AnswerReport(AnswererScores scores) implements ScoreReport {
    private static final int SHOWN = 3;

    @Override
    public String text() {
        Table table = new Table(1);
        table.row("questions", scores.answers().size());
        AnswerScoreView.rows(table, scores.accuracy());
        BrokenImages.row(table, scores.broken());
        StringBuilder out = new StringBuilder(table.toString());
        for (Given wrong : wrong()) {
            out.append(System.lineSeparator())
                    .append(wrong.image().name() + ": " + wrong.question().text() + " " + said(wrong))
                    .append(System.lineSeparator())
                    .append("  people: " + people(wrong));
        }
        return out.append(System.lineSeparator()).toString();
    }

    private List<Given> wrong() {
        return scores.answers().stream()
                .filter(given -> given.credit() == 0)
                .limit(SHOWN)
                .toList();
    }

    private static String said(Given given) {
        return String.format(
                Locale.ROOT,
                "%s (%.0f %%)",
                given.answer().text(),
                100 * given.answer().score());
    }

    private static String people(Given given) {
        return String.join(", ", given.question().answers());
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("questions", scores.answers().size());
        AnswerScoreView.fields(json, scores.accuracy());
        BrokenImages.field(json, scores.broken());
        json.writeEndObject();
    }

    /**
     * Writes {@code answers.jsonl}, which {@code fovea score answers} reads if several people answered, and {@code
     * mistakes.html} with the figures in {@code mistakes/}.
     */
    @Override
    public void draw(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        scores.answers()
                .forEach(given -> lines.append(JsonText.line(line(given))).append('\n'));
        AtomicFile.write(folder.resolve("answers.jsonl"), lines.toString());
        Path figures = Files.createDirectories(folder.resolve("mistakes"));
        SamplePage page = new SamplePage(
                "Mistakes",
                "Wrong answers that the model was surest of, with where it looked; below them people's answers.");
        List<Mistake> mistakes = scores.mistakes();
        for (int i = 0; i < mistakes.size(); i++) {
            Given given = mistakes.get(i).given();
            String file = String.format(Locale.ROOT, "%02d-gaze.png", i + 1);
            mistakes.get(i).figure().writePng(figures.resolve(file));
            page.add(
                    given.question().text() + " " + said(given),
                    "mistakes/" + file,
                    given.image().name(),
                    given.question().answers());
        }
        AtomicFile.write(folder.resolve("mistakes.html"), page.html());
    }

    private static Map<String, Object> line(Given given) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("image", given.image().name());
        out.put("question", given.question().text());
        out.put("predicted", given.answer().text());
        out.put("answers", given.question().answers());
        out.put("answer_type", given.question().answerType());
        out.put("question_type", given.question().questionType());
        return out;
    }
}
