package org.fovea.studies.waste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.fovea.cli.ColorSquares;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.dl4j.BlockLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyWasteTest {
    @Test
    void everyLayerLearnsAndAReloadedNetworkGivesTheSame(@TempDir Path folder) throws IOException {
        Path images = folder.resolve("squares");
        ColorSquares.make(images);
        Path saved = folder.resolve("network.zip");
        ClassifyWaste.Result result = ClassifyWaste.run(images, saved, 16, 16, 4, 3);
        assertTrue(result.same(), "outputs differ by " + result.difference());
        assertEquals(0.5, result.majority());
        assertTrue(result.test() > 0.8, "told right: " + result.test());
        assertTrue(Files.size(saved) > 0);
    }

    @Test
    void theNetworkSurvivesJson() {
        ComputationGraphConfiguration configuration = new WasteNetwork(16, 2, 16, 10).configuration(1);
        assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    }

    /** Two by two places: 0 beside 1, 0 above 2, 1 above 3, 2 beside 3. */
    @Test
    void placesReadThoseBesideAboveAndBelow() {
        GraphAttention attention = new GraphAttention(1, 8, GraphAttention.Join.CONCATENATE);
        BlockLayer expected = BlockLayer.nodes(
                        attention, new int[] {0, 1, 0, 2, 2, 3, 1, 3}, new int[] {1, 0, 2, 0, 3, 2, 3, 1})
                .build();
        assertEquals(expected, WasteNetwork.neighbors(2, attention));
    }
}
