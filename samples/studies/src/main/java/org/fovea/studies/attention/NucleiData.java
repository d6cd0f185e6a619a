package org.fovea.studies.attention;

import java.nio.file.Path;
import java.util.List;
import org.fovea.core.data.BatchSource;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.train.SegmentationBatch;
import org.fovea.segmentation.train.SegmentationEvaluation;
import org.fovea.segmentation.train.SegmentationFolder;
import org.fovea.segmentation.train.SegmentationSample;
import org.fovea.studies.nuclei.NucleiTraining;

/** Nuclei of microscopy, told apart by their depth; scored on the validation images. */
record NucleiData(List<SegmentationSample> train, List<SegmentationSample> validation) implements ComparedData {
    static final String NAME = "nuclei";

    static NucleiData open(Path zip) {
        try (SegmentationFolder data = SegmentationFolder.open(zip)) {
            return new NucleiData(data.samples("train"), data.samples("val"));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AttentionUNet model(FeatureAttention attention) {
        return new AttentionUNet(WIDTHS, attention, 2, true);
    }

    @Override
    public int pixels() {
        return 64;
    }

    @Override
    public BatchSource<SegmentationBatch> batches(long seed, int batch, int count) {
        return NucleiTraining.crops(pixels(), seed).of(train, batch, count);
    }

    @Override
    public SegmentationEvaluation evaluation() {
        return NucleiTraining.evaluation(validation);
    }

    @Override
    public List<String> scores() {
        return List.of("ap50", "iou");
    }
}
