package org.fovea.vqa.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** A model that scores every answer of a list. */
public non-sealed interface ClosedAnswerer extends AnswererModel {
    /** Number of answers. */
    int answers();

    /** Number of answers to choose from. */
    Graph answer(Size size, Detail detail);

    /**
     * Attention maps of a prediction.
     *
     * @param outputs outputs of {@link #answer} with {@link Detail#GAZE}, for one question without padding
     * @param words number of tokens of the question
     */
    Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid);

    @Override
    default List<ModelPass> passes(int words) {
        Graph look = look(1, imageHeight(), imageWidth());
        int places = look.outputs().get(IMAGE).shape().dim(1);
        Size one = new Size(1, paddedWords(words), places);
        return List.of(
                ModelPass.of("encoder", "an image", look),
                ModelPass.of("answerer", "a question of " + one.words() + " tokens", answer(one, Detail.ANSWER)));
    }

    @Override
    default Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        Graph look = look(1, imageHeight(), imageWidth());
        look.parameters().forEach((name, value) -> out.put(name, value.shape()));
        int places = look.outputs().get(IMAGE).shape().dim(1);
        answer(new Size(1, paddedWords(1), places), Detail.ANSWER)
                .parameters()
                .forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }
}
