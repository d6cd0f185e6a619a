package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Metrics;

/** Scores a captioner by what it writes. */
@FunctionalInterface
public interface CaptionEvaluation {
    /** Scores a writer. */
    Metrics score(Writer writer);

    /** A captioner. */
    @FunctionalInterface
    interface Writer {
        /** Writes a caption for each picture, which must have the encoder's size. */
        List<WrittenCaption> write(List<RgbImage> pictures);
    }
}
