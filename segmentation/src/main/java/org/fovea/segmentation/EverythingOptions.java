package org.fovea.segmentation;

import org.fovea.core.Check;

/**
 * Rules by which {@link PromptSegmenter#everything} asks for and keeps masks; the defaults are those of the authors' {@code
 * SamAutomaticMaskGenerator}.
 *
 * @param pointsPerSide points along each side of the grid of prompts; default 32
 * @param leastPredictedIou predicted intersection over union that a mask must exceed; default 0.88
 * @param leastStability stability that a mask must exceed, default 0.95; see {@link PredictedMask#stability}
 * @param stabilityOffset distance, in logits, of the two thresholds that the stability compares from the threshold of masks;
 *     default 1.0
 * @param mostOverlap intersection over union of two boxes above which the worse mask is dropped; default 0.7
 * @param leastArea smallest area of islands and holes, in pixels; default 0, which keeps all
 * @param crops crops of the image that are searched too; default none
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023, appendix B</a>
 */
public record EverythingOptions(
        int pointsPerSide,
        double leastPredictedIou,
        double leastStability,
        double stabilityOffset,
        double mostOverlap,
        int leastArea,
        Crops crops) {
    /**
     * Parts of the image that are enlarged and looked at again: of layer i from 1 there are 2ⁱ x 2ⁱ.
     *
     * @param layers number of layers, 0 for none
     * @param overlap overlap of neighboring crops, as a fraction of the image's shorter side in the first layer
     * @param fewerPoints factor by which the points along a side decrease from layer to layer
     */
    public record Crops(int layers, double overlap, int fewerPoints) {
        private static final int MOST_LAYERS = 4;

        /** Checks the numbers. */
        public Crops {
            Check.within(0, MOST_LAYERS, "Crops: layers", layers);
            Check.share("Crops: overlap", overlap);
            Check.positive("Crops: fewerPoints", fewerPoints);
        }
    }

    private static final int MOST_POINTS = 512;

    /** Checks the numbers. */
    public EverythingOptions {
        Check.within(1, MOST_POINTS, "EverythingOptions: pointsPerSide", pointsPerSide);
        Check.probability("EverythingOptions: leastPredictedIou", leastPredictedIou);
        Check.probability("EverythingOptions: leastStability", leastStability);
        Check.notNegative("EverythingOptions: stabilityOffset", stabilityOffset);
        Check.probability("EverythingOptions: mostOverlap", mostOverlap);
        Check.atLeast(0, "EverythingOptions: leastArea", leastArea);
    }

    /** Default settings of the authors' code. */
    public static EverythingOptions defaults() {
        return new EverythingOptions(32, 0.88, 0.95, 1.0, 0.7, 0, new Crops(0, 512.0 / 1500, 1));
    }

    /** Copy with another grid. */
    public EverythingOptions withPointsPerSide(int points) {
        return new EverythingOptions(
                points, leastPredictedIou, leastStability, stabilityOffset, mostOverlap, leastArea, crops);
    }

    /** Copy with other quality thresholds. */
    public EverythingOptions withLeast(double iou, double stability) {
        return new EverythingOptions(pointsPerSide, iou, stability, stabilityOffset, mostOverlap, leastArea, crops);
    }

    /** Copy with another distance of the thresholds that the stability compares. */
    public EverythingOptions withStabilityOffset(double logits) {
        return new EverythingOptions(
                pointsPerSide, leastPredictedIou, leastStability, logits, mostOverlap, leastArea, crops);
    }

    /** Copy with another limit of overlap. */
    public EverythingOptions withMostOverlap(double iou) {
        return new EverythingOptions(
                pointsPerSide, leastPredictedIou, leastStability, stabilityOffset, iou, leastArea, crops);
    }

    /** Copy that removes small islands and holes. */
    public EverythingOptions withLeastArea(int pixels) {
        return new EverythingOptions(
                pointsPerSide, leastPredictedIou, leastStability, stabilityOffset, mostOverlap, pixels, crops);
    }

    /** Copy with layers of crops. */
    public EverythingOptions withCropLayers(int layers) {
        return new EverythingOptions(
                pointsPerSide,
                leastPredictedIou,
                leastStability,
                stabilityOffset,
                mostOverlap,
                leastArea,
                new Crops(layers, crops.overlap(), crops.fewerPoints()));
    }
}
