package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.Fixtures;
import org.fovea.vit.hub.PretrainedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StraightenedConfigTest {
    private static final StraightenedConfig CCT = new StraightenedConfig(
            SpatialFront.AFFINE,
            new CctConfig(new CompactEncoder(16, 24, 3, new ConvTokenizer(3, 1, 1, 16), 16, 1, 2, 24), 4));

    /** Every family, through its own preparation of weights. */
    @ParameterizedTest
    @ValueSource(strings = {"vit-hf", "dinov2-hf", "swin", "beit"})
    void freshFrontChangesNoAnswer(String fixture) {
        try (PretrainedModel model = PretrainedModel.open(Fixtures.directory(fixture))) {
            ClassifierConfig plain = model.config();
            for (SpatialFront front : SpatialFront.values()) {
                StraightenedConfig config = new StraightenedConfig(front, plain);
                Parameters fresh = config.randomParameters(1);
                Parameters.Builder all = Parameters.builder();
                config.parameterShapes()
                        .keySet()
                        .forEach(name -> all.add(
                                name,
                                StraightenedConfig.isFront(name)
                                        ? fresh.tensor(name)
                                        : model.parameters().tensor(name)));
                Tensor pixels = noise(plain.imageHeight(), plain.imageWidth());
                Fixtures.assertClose(
                        fixture + ", " + front,
                        logits(plain, model.parameters(), pixels),
                        logits(config, all.build(), pixels),
                        1e-5);
            }
        }
    }

    private static Tensor logits(ClassifierConfig config, Parameters learned, Tensor pixels) {
        try (Program program = new Nd4jBackend()
                .compile(
                        config.inferenceGraph(1, Set.of()),
                        config.inferenceParameters(learned, config),
                        Precision.F32)) {
            return program.run(Map.of(ClassifierConfig.PIXELS, pixels)).get(ClassifierConfig.LOGITS);
        }
    }

    private static Tensor noise(int height, int width) {
        return Initializers.truncatedNormal(1).create("x", Shape.of(1, 3, height, width), 1);
    }

    /** The tokens of the left half of what the encoder sees come from where the front took them. */
    @Test
    void mapsGoBackToWhereTheFrontLooked() {
        int rows = CCT.gridRows();
        int columns = CCT.gridColumns();
        float[] map = new float[rows * columns];
        map[0] = 0.75f; // the top left
        map[rows * columns - 1] = 0.25f; // the bottom right
        Tensor tokens = Tensor.of(map, rows, columns);
        assertEquals(List.of(map[0], map[map.length - 1]), ends(CCT.onImage(tokens, places(1, 0, 1, 0))));
        float[] shifted = CCT.onImage(tokens, places(1, 2.0 / columns, 1, 0)).toFloats(); // by one token
        assertEquals(0.75f, shifted[1], 1e-6);
        assertEquals(0.25f, shifted[map.length - 1], 1e-6, "what lies outside shows the border");
        float[] halved = CCT.onImage(tokens, places(0.5, 0, 0.5, 0)).toFloats(); // the middle, enlarged
        assertEquals(0.75f, halved[rows / 4 * columns + columns / 4], 1e-6);
        assertEquals(0.25f, halved[(3 * rows / 4 - 1) * columns + 3 * columns / 4 - 1], 1e-6);
    }

    private static List<Float> ends(Tensor map) {
        float[] all = map.toFloats();
        return List.of(all[0], all[all.length - 1]);
    }

    /** Places x' = scale·x + shift of each pixel. */
    private static Map<String, Tensor> places(double scaleX, double shiftX, double scaleY, double shiftY) {
        float[] out = new float[2 * CCT.imageHeight() * CCT.imageWidth()];
        for (int i = 0; i < out.length / 2; i++) {
            double x = (2 * (i % CCT.imageWidth()) + 1.0) / CCT.imageWidth() - 1;
            double y = (2 * (i / CCT.imageWidth()) + 1.0) / CCT.imageHeight() - 1;
            out[2 * i] = (float) (scaleX * x + shiftX);
            out[2 * i + 1] = (float) (scaleY * y + shiftY);
        }
        return Map.of(StraightenedConfig.PLACES, Tensor.of(out, 1, CCT.imageHeight(), CCT.imageWidth(), 2));
    }

    @ParameterizedTest
    @EnumSource
    void explanationsAskForThePlaces(SpatialFront front) {
        StraightenedConfig config = new StraightenedConfig(front, CCT.classifier());
        assertTrue(config.inferenceGraph(1, Set.of(Extra.ATTENTIONS)).outputs().containsKey(StraightenedConfig.PLACES));
        assertEquals(
                Set.of(ClassifierConfig.LOGITS),
                config.inferenceGraph(1, Set.of()).outputs().keySet());
    }

    @Test
    void anotherSizeKeepsTheFront() {
        StraightenedConfig larger = CCT.withImage(32, 32);
        assertEquals(SpatialFront.AFFINE, larger.front());
        assertEquals(
                CCT.randomParameters(1).shape("front.theta.weight"),
                larger.parameterShapes().get("front.theta.weight"));
        assertEquals(larger.classifier(), CCT.classifier().withImage(32, 32));
    }

    @Test
    void secondFrontIsRefused() {
        String text = assertThrows(
                        IllegalArgumentException.class, () -> new StraightenedConfig(SpatialFront.THIN_PLATE, CCT))
                .getMessage();
        assertTrue(text.contains("a classifier may have one front, got THIN_PLATE before"), text);
    }
}
