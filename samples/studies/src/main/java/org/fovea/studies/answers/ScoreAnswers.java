package org.fovea.studies.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.vqa.EmbeddedImage;
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
     * Scores, of combinations of training and of those held out: right answers of each kind of question, and how often the
     * attention was largest on an object that the question is about.
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
        AnswerMarks marks = new AnswerMarks();
        for (int i = 0; i < count; i++) {
            SceneSample sample = scenes.get(i);
            EmbeddedImage image = answerer.embed(sample.picture());
            for (SceneQuestion question : SceneQuestions.ask(sample, EACH, i)) {
                marks.add(sample, question, answerer.explain(image, question.text()));
            }
        }
        return marks.text();
    }
}
