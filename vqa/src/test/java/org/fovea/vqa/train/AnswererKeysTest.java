package org.fovea.vqa.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.model.AnswerHead;
import org.junit.jupiter.api.Test;

class AnswererKeysTest {
    @Test
    void everyUsualValueKeepsItsRule() {
        for (ConfigKey<?> key : AnswererKeys.ALL) {
            assertTrue(key.accept().apply(key.initial()).isPresent(), key.name());
        }
    }

    @Test
    void recipeOfScenesIsValid() throws IOException {
        TrainingConfig recipe = AnswererKeys.defaults().read(Path.of("../samples/recipes/ask-scenes.json"));
        assertEquals(AnswerHead.TRANSFORMER, AnswererKeys.head(recipe));
        assertEquals(60, recipe.get(TrainingKeys.EPOCHS));
    }

    @Test
    void headsAreThoseThatThereAre() {
        for (AnswerHead head : AnswerHead.values()) {
            TrainingConfig recipe =
                    AnswererKeys.defaults().set("head", head.name().toLowerCase());
            assertEquals(head, AnswererKeys.head(recipe));
        }
        assertThrows(
                TrainingConfigException.class, () -> AnswererKeys.defaults().set("head", "best"));
    }

    @Test
    void severalAnswersAreLearnedBySigmoid() {
        AnsweredQuestion one = AnsweredQuestion.of("is it?", "yes");
        AnsweredQuestion two = new AnsweredQuestion("is it?", List.of("yes", "no"), "", "");
        TrainingConfig usual = AnswererKeys.defaults();
        assertEquals(Link.SOFTMAX, AnswererKeys.link(usual, Stream.of(one, one)));
        assertEquals(Link.SIGMOID, AnswererKeys.link(usual, Stream.of(one, two)));
        assertEquals(Link.SIGMOID, AnswererKeys.link(usual.set("link", "sigmoid"), Stream.of(one)));
        assertEquals(Link.SOFTMAX, AnswererKeys.link(usual.set("link", "softmax"), Stream.of(two)));
    }
}
