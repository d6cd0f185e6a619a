package org.fovea.studies.attention;

import java.util.List;
import org.fovea.core.data.BatchSource;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.train.SegmentationBatch;
import org.fovea.segmentation.train.SegmentationEvaluation;

/** Images that networks of the same sizes learn to segment. */
interface ComparedData {
    /** Channels of each resolution of every network. */
    List<Integer> WIDTHS = List.of(16, 32, 48, 64);

    /** The name in the log. */
    String name();

    /** The network with a kind of attention. */
    AttentionUNet model(FeatureAttention attention);

    /** Pixels of the side of a crop. */
    int pixels();

    /** Batches to learn from. */
    BatchSource<SegmentationBatch> batches(long seed, int batch, int count);

    /** Two scores on images that nothing was learned from. */
    SegmentationEvaluation evaluation();

    /** The names of the scores. */
    List<String> scores();
}
