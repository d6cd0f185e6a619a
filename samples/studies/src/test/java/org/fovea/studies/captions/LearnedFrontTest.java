package org.fovea.studies.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.AffineTransform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.StraightenedEncoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

class LearnedFrontTest {
    private static final int PIXELS = 64;
    private static final List<SceneSample> SAMPLES =
            new TurnedScenes(new SceneDataset(SceneOptions.defaults(), 3, 4, PIXELS, 1)).samples(0, 4);

    private final Backend backend = Backends.automatic();

    @Test
    void freshFrontTakesPicturesAsTheyLie() {
        LearnedFront front = new LearnedFront(SpatialFront.AFFINE, weights(), backend, SAMPLES);
        assertTrue(front.errorOfNone() > 10, () -> "error " + front.errorOfNone());
        assertEquals(front.errorOfNone(), front.error(), 1e-4);
    }

    /** θ by hand: straight coordinates from -1 to 1, to pixels, laid, and back. */
    @Test
    void frontThatKnowsWhereACardLiesHasNoError() {
        SceneSample sample = SAMPLES.get(1);
        AffineTransform way = new AffineTransform();
        way.scale(2.0 / PIXELS, 2.0 / PIXELS);
        way.translate(-PIXELS / 2.0, -PIXELS / 2.0);
        way.concatenate(TurnedScenes.place(sample, PIXELS));
        way.translate(PIXELS / 2.0, PIXELS / 2.0);
        way.scale(PIXELS / 2.0, PIXELS / 2.0);
        double[] theta = {
            way.getScaleX() - 1, way.getShearX(), way.getTranslateX(),
            way.getShearY(), way.getScaleY() - 1, way.getTranslateY()
        };
        Map<String, Tensor> all = new HashMap<>();
        Parameters fresh = weights();
        fresh.names().forEach(name -> all.put(name, fresh.tensor(name)));
        String bias = fresh.names().stream()
                .filter(name -> name.endsWith("theta.bias"))
                .findFirst()
                .orElseThrow();
        all.put(bias, Tensor.of(floats(theta), 6));
        LearnedFront front = new LearnedFront(SpatialFront.AFFINE, Parameters.of(all), backend, List.of(sample));
        assertEquals(0, front.error(), 1e-3);
    }

    private static float[] floats(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    private static Parameters weights() {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph).child(CaptionerModel.VISION).child(StraightenedEncoder.FRONT);
        SpatialFront.AFFINE.build(scope, graph.input(CaptionerModel.PIXELS, 1, 3, PIXELS, PIXELS));
        return InitialParameters.of(graph, 1);
    }
}
