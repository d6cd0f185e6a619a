package org.fovea.captioning.model;

import java.util.Optional;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.VisionEncoder;

/** A captioner that learns from known captions: all words in one pass, under the weights that it writes with. */
public interface TrainableCaptioner extends CaptionerModel {
    /** This captioner with another encoder, whose tokens have the same width. */
    TrainableCaptioner withEncoder(VisionEncoder other);

    /**
     * Adds encoder and decoder over known words, with the input {@link #PIXELS}.
     *
     * @param scope the top of the graph
     * @param images in the batch
     * @param before {@code [rows, T]}, indices of the words before each word; rows a multiple of the images, captions of an image
     *     side by side
     * @param chance randomness in it
     * @throws IllegalArgumentException when the decoder has no such chance
     */
    Written write(Scope scope, int images, Value before, Chance chance);

    /**
     * Randomness of a pass, as data.
     *
     * @param gumbel {@code [rows, T, L]}, noise for the choice of places; empty chooses the likeliest
     * @param soft {@code [rows, 1, 1]}, 1 for captions that look softly where the decoder looks hard; empty for none
     * @param own {@code [rows, T]}, 1 where the decoder reads the word that it has picked itself instead of the given one; empty
     *     reads what is given
     * @param wordNoise {@code [rows, T, V]}, added to the scores of those words, so that they are drawn; empty for none
     */
    record Chance(Optional<Value> gumbel, Optional<Value> soft, Optional<Value> own, Optional<Value> wordNoise) {
        /** Nothing random. */
        public static final Chance NONE =
                new Chance(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Results of a captioner.
     *
     * @param logits {@code [rows, T, V]}, scores of each word
     * @param attention {@code [rows, T, M]}, weights of the memory: mean over layers and heads
     * @param picked {@code [rows, T]}, indices of the words after, where the decoder reads own words
     * @param gaze of hard attention
     */
    record Written(Value logits, Value attention, Optional<Value> picked, Optional<Gaze> gaze) {}

    /**
     * Choices of hard attention.
     *
     * @param logProbabilities {@code [rows, T]} of the places chosen
     * @param entropies {@code [rows, T]}
     */
    record Gaze(Value logProbabilities, Value entropies) {}
}
