package org.fovea.studies.relations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.Tensor;

/** Scenes and questions about each, drawn from a seed. */
final class Quiz {
    /** Questions of each kind about a scene. */
    static final int OF_EACH = 10;

    /** Questions about a scene. */
    static final int QUESTIONS = 2 * OF_EACH;

    static final String IMAGES = "images";
    static final String ASKED = "questions";
    static final String ANSWERS = "answers";

    private final List<Scene> scenes = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();

    Quiz(int count, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            scenes.add(Scene.draw(random));
            questions.addAll(Question.draw(random, OF_EACH));
        }
    }

    /** Inputs of a network. */
    Map<String, Tensor> inputs() {
        int image = 3 * Scene.SIDE * Scene.SIDE;
        float[] images = new float[scenes.size() * image];
        float[] asked = new float[questions.size() * Question.WIDTH];
        for (int i = 0; i < scenes.size(); i++) {
            scenes.get(i).paint(images, i * image);
        }
        for (int i = 0; i < questions.size(); i++) {
            questions.get(i).encode(asked, i * Question.WIDTH);
        }
        return Map.of(
                IMAGES, Tensor.of(images, scenes.size(), 3, Scene.SIDE, Scene.SIDE),
                ASKED, Tensor.of(asked, scenes.size(), QUESTIONS, Question.WIDTH));
    }

    /** {@code [scenes·questions, answers]}, 1 at the right one. */
    Tensor answers() {
        float[] out = new float[questions.size() * Question.ANSWERS];
        for (int i = 0; i < questions.size(); i++) {
            out[i * Question.ANSWERS + right(i)] = 1;
        }
        return Tensor.of(out, questions.size(), Question.ANSWERS);
    }

    private int right(int question) {
        return questions.get(question).answer(scenes.get(question / QUESTIONS));
    }

    /** Counts which answers are right. */
    void mark(Tensor logits, Marks marks) {
        float[] all = logits.toFloats();
        for (int i = 0; i < questions.size(); i++) {
            int said = Likeliest.of(all, i * Question.ANSWERS, Question.ANSWERS);
            marks.add(questions.get(i).kind(), said == right(i));
        }
    }
}
