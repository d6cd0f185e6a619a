package org.fovea.captioning.model;

import java.util.List;
import java.util.Optional;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;

/**
 * A decoder that writes a caption word by word while it looks at the places of an image. It is built in two ways over the same
 * weights: over known words at once, to learn from them, and step by step with states, to write.
 */
public sealed interface WordDecoder permits ShowAttendTell, TransformerDecoder {
    /** Number of words. */
    int vocabulary();

    /** The most words of a caption, the start included. */
    int positions();

    /** Names of the states of {@link #step} whose first axis is that of the captions. */
    List<String> caches();

    /**
     * Adds the decoder over known words.
     *
     * @param features {@code [B, L, E]}, the places
     * @param before {@code [rows, T]}, indices of the words before each word; rows a multiple of B, captions of an image side
     *     by side
     * @param chance what is random in it
     */
    Written write(Scope scope, Value features, Value before, Chance chance);

    /**
     * Adds what is computed once for an image and kept in states.
     *
     * @param features {@code [B, L, E]}
     */
    void look(Scope scope, Value features);

    /**
     * Adds one step, which reads and writes the states.
     *
     * @param places L
     * @param features E
     * @return the scores of the words after, T = 1
     */
    Written step(Scope scope, StepInputs inputs, int places, int features);

    /**
     * Inputs of a step.
     *
     * @param images in the batch
     * @param ids {@code [rows, 1]}, the last words; rows a multiple of the images
     * @param positions {@code [1]}, the position of the last words
     * @param slots {@code [1]}, their place in the caches
     * @param capacity words that caches hold
     */
    record StepInputs(int images, Value ids, Value positions, Value slots, int capacity) {}

    /**
     * Randomness of a training pass, as data.
     *
     * @param gumbel {@code [rows, T, L]}, noise for the choice of places; empty chooses the likeliest
     * @param soft {@code [rows, 1, 1]}, 1 for captions that look softly where the decoder looks hard; empty for none
     * @param own {@code [rows, T]}, 1 where the decoder reads the word that it thinks likeliest itself instead of the given one;
     *     empty reads what is given
     * @param wordNoise {@code [rows, T, V]}, added to the scores of those words, so that they are drawn; empty for none
     */
    record Chance(Optional<Value> gumbel, Optional<Value> soft, Optional<Value> own, Optional<Value> wordNoise) {
        /** Nothing random. */
        public static final Chance NONE =
                new Chance(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What a decoder yields.
     *
     * @param logits {@code [rows, T, V]}, scores of each word
     * @param attention {@code [rows, T, layers, heads, L]}, weights of the places
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
