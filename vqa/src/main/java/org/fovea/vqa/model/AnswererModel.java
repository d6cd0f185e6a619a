package org.fovea.vqa.model;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;

/**
 * A model that answers questions about images, in two stages: it looks at an image once, and then reads any number of questions
 * about it.
 */
public sealed interface AnswererModel permits ClosedAnswerer, GenerativeAnswerer {
    /** The input of {@link #look}: {@code [B, channels, H, W]}, preprocessed as the checkpoint defines. */
    String PIXELS = "pixel_values";
    /** Output of {@link #look} and input of the graphs that read a question: {@code [B, M, E]}, image tokens. */
    String IMAGE = "image_tokens";
    /** Input of the graphs that read a question: {@code [B, M]}, 1 for image tokens and 0 for padding. */
    String IMAGE_MASK = "image_mask";
    /** Input of the graphs that read a question: {@code [B, T]}, token ids. */
    String QUESTION = "input_ids";
    /** Input of the graphs that read a question: {@code [B, T]}, 1 for words and 0 for padding. */
    String QUESTION_MASK = "attention_mask";
    /** Output: scores of answers, or of words. */
    String LOGITS = "logits";

    /** Detail of what a graph computes. */
    enum Detail {
        /** Only the scores. */
        ANSWER,
        /** The scores and what the attention maps of {@code gaze} need. */
        GAZE,
        /** Every intermediate, under the reference's names. */
        EVERYTHING
    }

    /**
     * The size of a batch of questions.
     *
     * @param rows number of questions
     * @param words tokens of each question, T
     * @param places tokens of each image, M
     */
    record Size(int rows, int words, int places) {}

    /** The encoder of images. */
    VisionEncoder encoder();

    /** Channels of an image. */
    default int channels() {
        return encoder().channels();
    }

    /** Height in pixels of the images that the model was made for. */
    default int imageHeight() {
        return encoder().imageHeight();
    }

    /** Width in pixels of the images that the model was made for. */
    default int imageWidth() {
        return encoder().imageWidth();
    }

    /** Returns whether {@link #look} supports images of other sizes. */
    default boolean takesAnySize() {
        return false;
    }

    /** Number of images of a question; their rows of tokens are adjacent. */
    default int images() {
        return 1;
    }

    /** Number of words in the vocabulary. */
    int vocabulary();

    /** Maximum number of tokens of a question. */
    int positions();

    /**
     * Number of tokens that a question is padded to, so that few programs serve all lengths.
     *
     * @param tokens at least 1 and at most {@link #positions}
     */
    default int paddedWords(int tokens) {
        int step = 8;
        return Math.min(positions(), (tokens + step - 1) / step * step);
    }

    /** Names of the inputs of the graphs that read questions. */
    default List<String> inputs() {
        return List.of(IMAGE, IMAGE_MASK, QUESTION, QUESTION_MASK);
    }

    /** Grid of positions of an image of the given size. */
    Grid grid(int height, int width);

    /**
     * Graph of the image encoder: input {@link #PIXELS}, output {@link #IMAGE}.
     *
     * @throws IllegalArgumentException when the model does not support images of that size
     */
    Graph look(int images, int height, int width);

    /** Descriptions of the model's parts, in the order of the forward pass. */
    Map<String, String> describe();

    /**
     * Graphs that an answer needs, that of the image first.
     *
     * @param words number of tokens of the question
     */
    List<ModelPass> passes(int words);

    /** The shapes of all weights. */
    Map<String, Shape> parameterShapes();
}
