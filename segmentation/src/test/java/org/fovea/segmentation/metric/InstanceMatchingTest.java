package org.fovea.segmentation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fovea.core.image.LabelMask;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;

class InstanceMatchingTest {
    private static final double TOLERANCE = 1e-6;

    /** All figures of StarDist's own matching of six pairs of label images, at ten thresholds. */
    @Test
    void figuresAreTheReferences() throws Exception {
        JsonNode expected = new ObjectMapper().readTree(getClass().getResource("/instance-matching/expected.json"));
        List<InstanceMatching> matchings = new ArrayList<>();
        Path labels = Path.of(
                getClass().getResource("/instance-matching/labels.safetensors").toURI());
        try (SafetensorsFile file = SafetensorsFile.open(labels)) {
            for (int i = 0; i < expected.get("per_image").size(); i++) {
                matchings.add(InstanceMatching.of(mask(file, "truth." + i), mask(file, "predicted." + i)));
            }
        }
        for (int t = 0; t < expected.get("thresholds").size(); t++) {
            double threshold = expected.get("thresholds").get(t).asDouble();
            List<MatchingScores> each =
                    matchings.stream().map(m -> m.at(threshold)).toList();
            for (int i = 0; i < each.size(); i++) {
                assertFigures(
                        i + " at " + threshold, expected.get("per_image").get(i).get(t), each.get(i));
            }
            assertFigures("all at " + threshold, expected.get("pooled").get(t), MatchingScores.pooled(each));
        }
    }

    private static LabelMask mask(SafetensorsFile file, String name) {
        Tensor tensor = file.tensor(name);
        int[] labels =
                Arrays.stream(tensor.toLongs()).mapToInt(Math::toIntExact).toArray();
        return LabelMask.of(tensor.shape().dim(0), tensor.shape().dim(1), labels);
    }

    private static void assertFigures(String what, JsonNode expected, MatchingScores actual) {
        assertEquals(expected.get("tp").asInt(), actual.truePositives(), what);
        assertEquals(expected.get("fp").asInt(), actual.falsePositives(), what);
        assertEquals(expected.get("fn").asInt(), actual.falseNegatives(), what);
        assertEquals(expected.get("n_true").asInt(), actual.trueObjects(), what);
        assertEquals(expected.get("n_pred").asInt(), actual.predictedObjects(), what);
        assertEquals(expected.get("precision").asDouble(), actual.precision(), TOLERANCE, what);
        assertEquals(expected.get("recall").asDouble(), actual.recall(), TOLERANCE, what);
        assertEquals(expected.get("accuracy").asDouble(), actual.averagePrecision(), TOLERANCE, what);
        assertEquals(expected.get("f1").asDouble(), actual.f1(), TOLERANCE, what);
        assertEquals(expected.get("panoptic_quality").asDouble(), actual.panopticQuality(), TOLERANCE, what);
        assertEquals(expected.get("mean_true_score").asDouble(), actual.meanTrueIou(), TOLERANCE, what);
        assertEquals(expected.get("mean_matched_score").asDouble(), actual.meanMatchedIou(), TOLERANCE, what);
    }

    /** Truth AABB, predicted CDDD: A with C has IoU 1/2, A with D 1/4, B with D 2/3. */
    @Test
    void matchesByHand() {
        InstanceMatching matching = InstanceMatching.of(row(1, 1, 2, 2), row(7, 8, 8, 8));
        assertEquals(new MatchingScores(0.5, 2, 0, 0, 0.5 + 2.0 / 3), matching.at(0.5));
        assertEquals(new MatchingScores(0.6, 1, 1, 1, 2.0 / 3), matching.at(0.6));
        assertEquals(0.5, matching.at(0.6).f1());
        assertEquals(1.0 / 3, matching.at(0.6).averagePrecision());
    }

    /** The Hungarian method finds what trying every pairing finds. */
    @Test
    void aPairingIsTheBestOfAll() {
        Random random = new Random(3);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + random.nextInt(5);
            double[][] costs = new double[n][n];
            for (double[] row : costs) {
                Arrays.setAll(row, i -> random.nextInt(4) - 2 * random.nextDouble());
            }
            double found = 0;
            int[] columns = BestPairing.assign(costs);
            assertEquals(n, Arrays.stream(columns).distinct().count());
            for (int i = 0; i < n; i++) {
                found += costs[i][columns[i]];
            }
            assertEquals(least(costs, 0, new boolean[n]), found, 1e-9);
        }
    }

    private static double least(double[][] costs, int row, boolean[] taken) {
        if (row == costs.length) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                taken[i] = true;
                best = Math.min(best, costs[row][i] + least(costs, row + 1, taken));
                taken[i] = false;
            }
        }
        return best;
    }

    @Test
    void nothingAgainstNothingHasNoMatch() {
        MatchingScores scores = InstanceMatching.of(row(0, 0), row(0, 0)).at(0.5);
        assertEquals(new MatchingScores(0.5, 0, 0, 0, 0), scores);
        assertEquals(0, scores.averagePrecision());
    }

    @Test
    void wrongSizesAndThresholdsAreRefused() {
        String text = assertThrows(IllegalArgumentException.class, () -> InstanceMatching.of(row(0, 0), row(0, 0, 0)))
                .getMessage();
        assertTrue(text.contains("must have one size, got 1 x 2 (truth) and 1 x 3"), text);
        assertThrows(IllegalArgumentException.class, () -> InstanceMatching.of(row(1), row(1))
                .at(0));
        assertThrows(IllegalArgumentException.class, () -> MatchingScores.pooled(List.of()));
    }

    private static LabelMask row(int... labels) {
        return LabelMask.of(1, labels.length, labels);
    }
}
