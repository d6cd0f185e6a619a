package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;

/** Scores a captioner by what it writes. */
@FunctionalInterface
public interface CaptionEvaluation {
    /** Scores the captions of a writer. */
    Metrics score(Writer writer);

    /** A captioner. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes a caption for each picture.
         *
         * @param pixels {@code [N, channels, H, W]}, as the encoder takes them, of any number of pictures
         */
        List<WrittenCaption> write(Tensor pixels);
    }
}
