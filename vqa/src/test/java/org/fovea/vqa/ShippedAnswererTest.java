package org.fovea.vqa;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.vqa.train.SceneQuestions;
import org.junit.jupiter.api.Test;

class ShippedAnswererTest {
    private static final int SCENES = 40;
    private static final int EACH = 5;

    @Test
    void answersAboutUnseenScenes() {
        SceneDataset scenes = new SceneDataset(SceneOptions.defaults(), 9000, SCENES, 64, 1);
        List<String> wrong = new ArrayList<>();
        try (VisualAnswerer answerer = VisualAnswerer.shipped("scenes-answerer")) {
            for (int i = 0; i < SCENES; i++) {
                EmbeddedImage image = answerer.embed(scenes.get(i).picture());
                for (SceneQuestion question : SceneQuestions.ask(scenes.get(i), EACH, i)) {
                    String answer = answerer.ask(image, question.text()).best().text();
                    if (!answer.equals(question.answer())) {
                        wrong.add(i + " " + question.text() + " " + answer);
                    }
                }
            }
        }
        assertTrue(wrong.size() <= SCENES * EACH / 10, wrong.toString());
    }
}
