package org.fovea.studies.captions;

import java.util.Optional;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.ProjectedEncoder;
import org.fovea.core.nn.VisionEncoder;

/** Captioners of photographs. */
enum PhotoModel {
    /** Show, Attend and Tell with soft attention. */
    SOFT("Show, Attend and Tell, soft"),
    /** Show, Attend and Tell with hard attention, which begins with the weights of soft attention. */
    HARD("Show, Attend and Tell, hard"),
    /** A Transformer. */
    TRANSFORMER("Transformer"),
    /** The decoder of soft attention over the mean of all photographs: a language model. */
    BLIND("soft, without the photograph"),
    /** Soft attention after self-critical training. */
    CRITICAL("soft, self-critical");

    private static final int LENGTH = 16; // words of a caption, its end included
    private static final int WIDTH = 256;
    private static final int EMBEDDING = 128;
    private static final int ALIGNMENT = 64;
    private static final int DEPTH = 2;
    private static final int HEADS = 4;

    private final String title;

    PhotoModel(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * The model.
     *
     * @param encoder of photographs, or of features that were computed before
     * @param words of the vocabulary
     */
    TrainableCaptioner of(VisionEncoder encoder, int words) {
        ProjectedEncoder places = new ProjectedEncoder(encoder, WIDTH);
        return this == TRANSFORMER
                ? CaptionerWriter.transformer(places, words, LENGTH, WIDTH, DEPTH, HEADS, 2 * WIDTH)
                : new ShowAttendTell(
                        places, words, LENGTH, EMBEDDING, WIDTH, ALIGNMENT, this == HARD ? Looking.HARD : Looking.SOFT);
    }

    DropRates rates() {
        return new DropRates(0.3, this == TRANSFORMER ? 0.1 : 0, 0);
    }

    /** Epochs of training; the weights of the best one are kept. */
    int epochs() {
        return switch (this) {
            case HARD -> 15;
            case TRANSFORMER -> 25;
            case BLIND, CRITICAL -> 30;
            case SOFT -> 40;
        };
    }

    /** The highest learning rate. */
    double rate() {
        return switch (this) {
            case HARD -> 1e-3;
            case CRITICAL -> 2e-4;
            default -> 2e-3;
        };
    }

    /** Share of the last weights that their moving average keeps in each update; captions that are drawn make updates noisy. */
    double average() {
        return this == CRITICAL ? 0.998 : 0.99;
    }

    /** The model that training begins with, of the same seed; empty for random weights. */
    Optional<PhotoModel> start() {
        return this == HARD || this == CRITICAL ? Optional.of(SOFT) : Optional.empty();
    }
}
