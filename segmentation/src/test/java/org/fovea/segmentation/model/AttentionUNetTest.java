package org.fovea.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionUNetTest {
    private static final List<Integer> WIDTHS = List.of(8, 16);

    /** Both backends give the same scores, one for each pixel of an image that is no square. */
    @ParameterizedTest
    @EnumSource(FeatureAttention.class)
    void backendsAgree(FeatureAttention attention) {
        AttentionUNet model = new AttentionUNet(WIDTHS, attention, 3, true);
        Parameters weights = model.initial(1);
        Map<String, Tensor> inputs = Map.of(AttentionUNet.PIXELS, pixels(16, 24));
        Map<String, Tensor> expected = run(new Nd4jBackend(), Precision.F64, model, weights, inputs);
        Map<String, Tensor> actual = run(OneDnnBackend.create(), Precision.F32, model, weights, inputs);
        assertEquals(Shape.of(1, 3, 16, 24), actual.get(AttentionUNet.LOGITS).shape());
        assertEquals(Shape.of(1, 1, 16, 24), actual.get(AttentionUNet.DISTANCE).shape());
        expected.forEach((name, value) -> Tensors.assertClose(name, value, actual.get(name), 1e-4));
    }

    private static Map<String, Tensor> run(
            Backend backend, Precision precision, AttentionUNet model, Parameters weights, Map<String, Tensor> inputs) {
        try (Program program = backend.compile(model.graph(1, 16, 24), weights, precision)) {
            return program.run(inputs);
        }
    }

    private static Tensor pixels(int height, int width) {
        SplittableRandom random = new SplittableRandom(4);
        float[] out = new float[3 * height * width];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextDouble();
        }
        return Tensor.of(out, 1, 3, height, width);
    }

    /** An image of any size gets a score for each of its pixels. */
    @Test
    void predictsAtTheImagesOwnSize() {
        AttentionUNet model = new AttentionUNet(WIDTHS, FeatureAttention.SE, 2, true);
        try (PixelPredictor predictor =
                new PixelPredictor(model, OneDnnBackend.create(), model.initial(1), Precision.F32)) {
            PixelMaps maps = predictor.predict(RgbImage.of(5, 7, new byte[3 * 5 * 7]));
            assertEquals(35, maps.foreground().length);
            assertEquals(35, maps.depth().length);
            assertEquals(5, maps.classes().height());
            assertEquals(7, maps.classes().width());
        }
    }

    @Test
    void sidesThatAreNoMultipleAreRefused() {
        AttentionUNet model = new AttentionUNet(WIDTHS, FeatureAttention.NONE, 2, false);
        String text = assertThrows(IllegalArgumentException.class, () -> model.graph(1, 16, 18))
                .getMessage();
        assertTrue(text.contains("height and width must be multiples of 4, got 16 x 18"), text);
        assertThrows(
                IllegalArgumentException.class, () -> new AttentionUNet(List.of(), FeatureAttention.NONE, 2, true));
        assertThrows(IllegalArgumentException.class, () -> new AttentionUNet(WIDTHS, FeatureAttention.NONE, 1, true));
    }
}
