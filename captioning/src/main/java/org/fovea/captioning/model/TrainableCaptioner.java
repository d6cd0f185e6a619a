package org.fovea.captioning.model;

import java.util.Optional;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.VisionEncoder;

/** A captioner that learns from known captions: all words in one pass, under the weights that it writes with. */
public interface TrainableCaptioner extends CaptionerModel {
    /** Copy with another encoder, whose tokens have the same width. */
    TrainableCaptioner withEncoder(VisionEncoder other);

    /**
     * Adds encoder and decoder over given words, with the input {@link #PIXELS}.
     *
     * @param scope top-level scope of the graph
     * @param images number of images in the batch
     * @param before ids of the words before each word, {@code [rows, T]}; rows are a multiple of the images, captions of the
     *     same image adjacent
     * @param chance randomness of the pass
     * @throws IllegalArgumentException when the decoder does not support this kind of randomness
     */
    Written write(Scope scope, int images, Value before, Chance chance);

    /**
     * Randomness of a pass, as data.
     *
     * @param gumbel Gumbel noise {@code [rows, T, L]} for the choice of positions; empty chooses the most likely
     * @param soft {@code [rows, 1, 1]}, 1 for captions that use soft attention in a decoder with hard attention; empty for none
     * @param own {@code [rows, T]}, 1 where the decoder reads the word that it has picked itself instead of the given one;
     *     empty if it always reads the given ones
     * @param wordNoise {@code [rows, T, V]}, added to the scores of words that the decoder picks, so that they are sampled;
     *     empty for none
     */
    record Chance(Optional<Value> gumbel, Optional<Value> soft, Optional<Value> own, Optional<Value> wordNoise) {
        /** No randomness. */
        public static final Chance NONE =
                new Chance(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Results of a captioner.
     *
     * @param logits {@code [rows, T, V]}, scores of each word
     * @param attention attention weights {@code [rows, T, M]} over the memory: mean over layers and heads
     * @param picked ids of the next words {@code [rows, T]}, where the decoder reads its own words
     * @param gaze choices of hard attention
     */
    record Written(Value logits, Value attention, Optional<Value> picked, Optional<Gaze> gaze) {}

    /**
     * Choices of hard attention.
     *
     * @param logProbabilities log-probabilities of the chosen positions, {@code [rows, T]}
     * @param entropies entropies of the distributions over positions, {@code [rows, T]}
     */
    record Gaze(Value logProbabilities, Value entropies) {}
}
