package org.fovea.vqa.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.generate.TextModel;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** A model that writes its answers word by word, having read the question. */
public non-sealed interface GenerativeAnswerer extends AnswererModel {
    /** Output of {@link #read} and input of the graphs that generate an answer: {@code [rows, T, width]}. */
    String STATES = "question_states";
    /** Input of {@link #score}: {@code [answers, tokens]}, token ids. */
    String ANSWER = "decoder_input_ids";

    /** Graph that encodes questions: inputs {@link #IMAGE} to {@link #QUESTION_MASK}, output {@link #STATES}. */
    Graph read(Size size, Detail detail);

    /**
     * Decoder of answers, which attends to the inputs {@link #STATES} and {@link #QUESTION_MASK}.
     *
     * @param words T, tokens of the question
     */
    TextModel decoder(int words);

    /**
     * Graph of the likelihoods of given answers to one question: inputs {@link #STATES}, {@link #QUESTION_MASK} and {@link
     * #ANSWER}, output {@link #LOGITS} {@code [answers, tokens, vocabulary]}, scores of the next token after each.
     *
     * @param answers number of answers in the batch
     * @param tokens number of tokens of each answer
     * @param words T, tokens of the question
     */
    Graph score(int answers, int tokens, int words);

    /**
     * Attention maps of a prediction.
     *
     * @param outputs outputs of {@link #read} with {@link Detail#GAZE}, for one question
     * @param words weight of each token of the question while the answer was generated; they sum to 1
     */
    Gaze gaze(Map<String, Tensor> outputs, List<Double> words, Grid grid);

    @Override
    default List<ModelPass> passes(int words) {
        Graph look = look(1, imageHeight(), imageWidth());
        int places = look.outputs().get(IMAGE).shape().dim(1);
        Size one = new Size(1, paddedWords(words), places);
        TextModel writer = decoder(one.words());
        int answer = Math.min(10, writer.positions()); // answers are short
        TextModel.Step step = new TextModel.Step(1, 1, 1, answer, false);
        return List.of(
                ModelPass.of("encoder", "an image", look),
                ModelPass.of("reader", "a question of " + one.words() + " tokens", read(one, Detail.ANSWER)),
                ModelPass.of("decoder", "a token of the answer", writer.step(step)));
    }

    @Override
    default Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        Graph look = look(1, imageHeight(), imageWidth());
        int places = look.outputs().get(IMAGE).shape().dim(1);
        int words = paddedWords(1);
        List.of(look, read(new Size(1, words, places), Detail.ANSWER), score(1, 1, words))
                .forEach(graph -> graph.parameters().forEach((name, value) -> out.put(name, value.shape())));
        return out;
    }
}
