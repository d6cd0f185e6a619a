package org.fovea.vqa.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.QuestionMix;
import org.fovea.core.data.scenes.Relation;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneQuestion.Kind;
import org.fovea.core.text.Tokenizer;
import org.fovea.vqa.model.QuestionVocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneQuestionsTest {
    private static final int IMAGES = 6;
    private static final int EACH = 5;
    private static final List<String> ANSWERS = List.of("yes", "no");

    @TempDir
    Path folder;

    /** Of one object alone there is no relation, so that only what is there can be asked for. */
    @Test
    void scenesWithoutOccasionAreAskedWhatIsThere() throws IOException {
        SceneOptions lonely = new SceneOptions(1, 1, 0, 1, Combinations.SEEN);
        QuestionVocabulary.of(Stream.of("is there a ring?"), 1).save(folder);
        QuestionMix relations = new QuestionMix(List.of(Kind.RELATION), List.of(Relation.LEFT));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            SceneQuestions data =
                    new SceneQuestions(new SceneDataset(lonely, 1, IMAGES, 16, 1), EACH, tokenizer, 24, ANSWERS);
            try (BatchSource<AnswerBatch> batches = data.endless(IMAGES, 1, relations)) {
                AnswerBatch batch = assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> batches.batches(0, 0).next());
                Set<Integer> answers = batch.targets().stream()
                        .flatMap(target -> target.shares().keySet().stream())
                        .collect(Collectors.toSet());
                assertEquals(Set.of(0, 1), answers);
                assertEquals(IMAGES * EACH, batch.targets().size());
            }
        }
    }
}
