package org.fovea.studies.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.data.scenes.SceneQuestion.Kind;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.Answers;
import org.fovea.vqa.VisualAnswerer;
import org.fovea.vqa.hub.AnswererWriter;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AttentiveAnswerer;
import org.fovea.vqa.train.SceneQuestions;

/** Scores an answerer on scenes that neither its training nor the choice of its weights has seen. */
public final class ScoreAnswers {
    private static final long SEED = 6000;
    private static final int EACH = 5;

    private ScoreAnswers() {}

    /**
     * Scores, of combinations of training and of those held out.
     *
     * @param args the folder of the model; optionally the number of scenes (1000); and optionally a folder to which the model is
     *     packed first, with weights of half the size as it is shipped, and which is then scored
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        Path folder = Path.of(args[0]);
        if (args.length > 2) {
            folder = pack(folder, Path.of(args[2]));
        }
        try (VisualAnswerer answerer = VisualAnswerer.load(folder)) {
            SceneOptions seen = SceneOptions.defaults();
            System.out.println("seen      " + score(answerer, seen, SEED, count));
            System.out.println("held out  " + score(answerer, seen.with(Combinations.HELD_OUT), SEED + 1, count));
        }
    }

    private static Path pack(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file :
                List.of("config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        try (PretrainedAnswerer model = PretrainedAnswerer.open(from)) {
            AnswererWriter.saveHalfWeights(to, (AttentiveAnswerer) model.spec().model(), model.parameters());
        }
        return to;
    }

    private static String score(VisualAnswerer answerer, SceneOptions options, long seed, int count) {
        int pixels = answerer.spec().model().imageHeight();
        SceneDataset scenes = new SceneDataset(options, seed, count, pixels, 1);
        Map<Kind, int[]> byKind = new EnumMap<>(Kind.class); // asked, right
        for (int i = 0; i < count; i++) {
            SceneSample sample = scenes.get(i);
            List<SceneQuestion> questions = SceneQuestions.ask(sample, EACH, i);
            List<Answers> answers = answerer.ask(
                    answerer.embed(sample.picture()),
                    questions.stream().map(SceneQuestion::text).toList(),
                    AnswerRequest.best());
            for (int q = 0; q < questions.size(); q++) {
                int[] marks = byKind.computeIfAbsent(questions.get(q).kind(), kind -> new int[2]);
                marks[0]++;
                marks[1] += answers.get(q).best().text().equals(questions.get(q).answer()) ? 1 : 0;
            }
        }
        return text(byKind);
    }

    private static String text(Map<Kind, int[]> byKind) {
        int asked = byKind.values().stream().mapToInt(marks -> marks[0]).sum();
        int right = byKind.values().stream().mapToInt(marks -> marks[1]).sum();
        StringBuilder out =
                new StringBuilder(String.format(Locale.ROOT, "all %.2f%% of %,d", 100.0 * right / asked, asked));
        byKind.forEach((kind, marks) -> out.append(String.format(
                Locale.ROOT, ", %s %.2f%%", kind.name().toLowerCase(Locale.ROOT), 100.0 * marks[1] / marks[0])));
        return out.toString();
    }
}
