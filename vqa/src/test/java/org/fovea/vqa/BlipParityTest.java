package org.fovea.vqa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.GenerativeAnswerer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** BLIP as the reference computes it: pixels, states of the question, and every answer token for token. */
class BlipParityTest {
    private static final String BLIP = AnswererFixtures.BLIP;
    private static final int BEAMS = 3;

    static List<String> backends() {
        return Backends.names();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void statesAndSequencesEqualTheReference(String backend) {
        Map<String, Tensor> expected = AnswererFixtures.expected(BLIP);
        RgbImage image = ImageDecoder.create().decode(AnswererFixtures.image(BLIP));
        AnswererOptions options = AnswererOptions.defaults().withBackend(Backends.named(backend));
        try (VisualAnswerer answerer = VisualAnswerer.load(AnswererFixtures.directory(BLIP), options)) {
            int number = 0;
            for (var question : AnswererFixtures.json(BLIP).get("questions")) {
                String text = question.asText();
                Map<String, Tensor> greedy = answerer.dump(image, text, AnswerRequest.best());
                Tensors.assertClose("pixels", expected.get("pixel_values"), greedy.get(AnswererModel.PIXELS), 1e-6);
                Tensors.assertClose(
                        "image", expected.get("vision_last_hidden_state"), greedy.get(AnswererModel.IMAGE), 1e-4);
                Tensors.assertClose(
                        "question " + number,
                        expected.get("question_states." + number),
                        greedy.get(GenerativeAnswerer.STATES),
                        1e-4);
                assertSame(expected.get("question_ids." + number), greedy.get(AnswererModel.QUESTION));
                assertSame(expected.get("sequences.greedy." + number), greedy.get("sequences"));
                Map<String, Tensor> beams =
                        answerer.dump(image, text, AnswerRequest.best().withTop(BEAMS));
                assertSame(expected.get("sequences.beam." + number), firstRow(beams.get("sequences")));
                number++;
            }
            assertEquals(2, number);
        }
    }

    private static Tensor firstRow(Tensor all) {
        int[] ids = new int[all.shape().dim(1)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) all.toLongs()[i];
        }
        return Tensor.of(ids, 1, ids.length);
    }

    private static void assertSame(Tensor expected, Tensor actual) {
        assertArrayEquals(expected.toLongs(), actual.toLongs());
    }
}
