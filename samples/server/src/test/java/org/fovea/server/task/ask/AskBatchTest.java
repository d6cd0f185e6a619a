package org.fovea.server.task.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.Answers;
import org.fovea.vqa.VisualAnswerer;
import org.junit.jupiter.api.Test;

class AskBatchTest {
    private static final double ROUNDING = 1e-5;
    private static final List<String> QUESTIONS =
            List.of("what color is the cross?", "how many stars are there?", "is there a circle?");
    private static final AnswerRequest TOP = AnswerRequest.best().withTop(3);

    private static RgbImage scene() throws IOException {
        try (InputStream in = AskBatchTest.class.getResourceAsStream("/scene.png")) {
            return ImageDecoder.create().decode(in.readAllBytes(), "the test's image");
        }
    }

    @Test
    void questionsTogetherHaveTheAnswersOfQuestionsAlone() throws IOException {
        RgbImage scene = scene();
        try (VisualAnswerer answerer = VisualAnswerer.shipped("scenes-answerer")) {
            AtomicInteger decoded = new AtomicInteger();
            Looks looks = new Looks(answerer);
            AskBatch batch = new AskBatch(answerer, "scene", TOP, QUESTIONS.size());
            List<Answers> together = batch.compute(QUESTIONS.stream()
                    .map(question -> new AskBatch.Asked(
                            question,
                            () -> looks.at("scene", () -> {
                                decoded.incrementAndGet();
                                return scene;
                            })))
                    .toList());
            assertEquals(1, decoded.get());
            for (int i = 0; i < QUESTIONS.size(); i++) {
                Answers alone = answerer.ask(answerer.embed(scene), List.of(QUESTIONS.get(i)), TOP)
                        .get(0);
                assertEquals(alone.best().text(), together.get(i).best().text());
                assertEquals(alone.best().score(), together.get(i).best().score(), ROUNDING);
            }
        }
    }

    @Test
    void onlyQuestionsOfOneImageAndOneWishAreTogether() {
        try (VisualAnswerer answerer = VisualAnswerer.shipped("scenes-answerer")) {
            AskBatch batch = new AskBatch(answerer, "a", TOP, 8);
            assertEquals(batch, new AskBatch(answerer, "a", AnswerRequest.best().withTop(3), 8));
            assertNotEquals(batch, new AskBatch(answerer, "b", TOP, 8));
            assertNotEquals(batch, new AskBatch(answerer, "a", TOP.withTop(2), 8));
        }
    }
}
