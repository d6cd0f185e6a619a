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
    /** The input of {@link #look}: {@code [B, channels, H, W]}, prepared as the checkpoint says. */
    String PIXELS = "pixel_values";
    /** The output of {@link #look} and an input of the graphs that read a question: {@code [B, M, E]}, tokens of the image. */
    String IMAGE = "image_tokens";
    /** An input of the graphs that read a question: {@code [B, M]}, 1 for tokens of the image and 0 for padding. */
    String IMAGE_MASK = "image_mask";
    /** An input of the graphs that read a question: {@code [B, T]}, indices of words. */
    String QUESTION = "input_ids";
    /** An input of the graphs that read a question: {@code [B, T]}, 1 for words and 0 for padding. */
    String QUESTION_MASK = "attention_mask";
    /** An output: scores of answers, or of words. */
    String LOGITS = "logits";

    /** Detail of what a graph computes. */
    enum Detail {
        /** The scores alone. */
        ANSWER,
        /** The scores and what {@code gaze} reads. */
        GAZE,
        /** Every intermediate, under the reference's names. */
        EVERYTHING
    }

    /**
     * The size of a batch of questions.
     *
     * @param rows questions
     * @param words T, tokens of each question
     * @param places M, tokens of each image
     */
    record Size(int rows, int words, int places) {}

    /** The encoder of images. */
    VisionEncoder encoder();

    /** Channels of an image. */
    default int channels() {
        return encoder().channels();
    }

    /** Rows of the images that the model was made for. */
    default int imageHeight() {
        return encoder().imageHeight();
    }

    /** Columns of the images that the model was made for. */
    default int imageWidth() {
        return encoder().imageWidth();
    }

    /** Returns whether {@link #look} takes images of other sizes too. */
    default boolean takesAnySize() {
        return false;
    }

    /** Images that a question is about; its rows among the tokens of images are side by side. */
    default int images() {
        return 1;
    }

    /** Number of words. */
    int vocabulary();

    /** The most tokens of a question. */
    int positions();

    /**
     * The number of tokens that a question is padded to, so that few programs serve all lengths.
     *
     * @param tokens at least 1 and at most {@link #positions}
     */
    default int paddedWords(int tokens) {
        int step = 8;
        return Math.min(positions(), (tokens + step - 1) / step * step);
    }

    /** The inputs that the graphs of questions read. */
    default List<String> inputs() {
        return List.of(IMAGE, IMAGE_MASK, QUESTION, QUESTION_MASK);
    }

    /** The places of an image of some size. */
    Grid grid(int height, int width);

    /**
     * The graph that looks at images: input {@link #PIXELS}, output {@link #IMAGE}.
     *
     * @throws IllegalArgumentException when the model takes no images of that size
     */
    Graph look(int images, int height, int width);

    /** Parts and their sizes in words, in the order in which an answer passes through them. */
    Map<String, String> describe();

    /**
     * Graphs that an answer takes, that of the image first.
     *
     * @param words of the question
     */
    List<ModelPass> passes(int words);

    /** The shapes of all weights. */
    Map<String, Shape> parameterShapes();
}
