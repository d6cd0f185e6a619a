package org.fovea.studies.captions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.train.SceneBatches;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.PrefetchedSource;
import org.fovea.core.data.scenes.ObjectColor;
import org.fovea.core.data.scenes.ObjectShape;
import org.fovea.core.data.scenes.ObjectSize;
import org.fovea.core.data.scenes.ObjectTexture;
import org.fovea.core.data.scenes.SceneMasks;
import org.fovea.core.data.scenes.SceneObject;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Losses.Term;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;

/**
 * The encoder's own task before captions: to tell shape, color, texture and size of the object at each place, or that there is
 * none. It stands for the classes that the encoders of photographs learn first; where to look nobody tells. Colors are not asked of
 * pictures without any.
 *
 * @param images of a batch, square
 * @param side of the encoder's grid
 * @param tested scenes of the evaluation, by number
 * @param start first values of weights; those that it lacks begin at random
 */
record NamePlaces(
        VisionEncoder encoder,
        int images,
        int side,
        LongFunction<SceneSample> tested,
        Optional<Parameters> start,
        long seed)
        implements Task<Map<String, Tensor>> {
    private static final int FEWEST_PIXELS = 6; // of an object at a place
    private static final int TEST_SCENES = 320;
    private static final int CHANNELS = 3;
    private static final float BACKGROUND_WEIGHT = 0.3f;

    private record Property(String name, int values, ToIntFunction<SceneObject> of) {}

    private static final Property COLOR =
            new Property("color", ObjectColor.values().length, o -> o.color().ordinal());
    private static final List<Property> PROPERTIES = List.of(
            new Property("shape", ObjectShape.values().length, o -> o.shape().ordinal()),
            COLOR,
            new Property(
                    "texture", ObjectTexture.values().length, o -> o.texture().ordinal()),
            new Property("size", ObjectSize.values().length, o -> o.size().ordinal()));

    @Override
    public Value loss() {
        Graph graph = new Graph();
        List<Term> terms = new ArrayList<>();
        scores(Scope.training(graph, DropRates.none())).forEach((property, logits) -> {
            Value targets = graph.input(property, logits.shape().toArray());
            terms.add(new Term(Losses.crossEntropy(logits, targets, 0), 1));
        });
        return Losses.sum(terms);
    }

    /** Scores of each property's values, the first for none, {@code [places, values + 1]}. */
    private Map<String, Value> scores(Scope scope) {
        Value pixels =
                scope.graph().input(CaptionerModel.PIXELS, images, 3, encoder.imageHeight(), encoder.imageWidth());
        Value x = encoder.build(scope.child(CaptionerModel.VISION), pixels)
                .places()
                .reshape(images * side * side, encoder.width());
        Map<String, Value> out = new LinkedHashMap<>();
        for (Property property : PROPERTIES) {
            Scope names = scope.child("names").child(property.name());
            out.put(property.name(), new LinearLayer(property.values() + 1, true).build(names.enter(), x));
        }
        return out;
    }

    /** The share of places with an object where each property is told right, on new scenes. */
    @Override
    public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        Graph graph = new Graph();
        scores(Scope.of(graph)).forEach((name, logits) -> graph.output(name, logits.argMax(1)));
        Map<String, int[]> counts = new LinkedHashMap<>(); // right, all
        try (Program program = backend.compile(graph, weights, precision)) {
            for (int first = 0; first < TEST_SCENES; first += images) {
                Map<String, Tensor> batch = batch(tested, first);
                Map<String, Tensor> out = program.run(Map.of(CaptionerModel.PIXELS, batch.get(CaptionerModel.PIXELS)));
                out.forEach((name, told) -> count(
                        counts.computeIfAbsent(name, n -> new int[2]),
                        told.toLongs(),
                        batch.get(name).toFloats()));
            }
        }
        return new Metrics(
                counts.entrySet().stream()
                        .map(each -> Metric.higher(each.getKey(), (double) each.getValue()[0] / each.getValue()[1]))
                        .toList(),
                PROPERTIES.get(0).name());
    }

    private static void count(int[] rightAndAll, long[] told, float[] targets) {
        int classes = targets.length / told.length;
        for (int i = 0; i < told.length; i++) {
            if (targets[i * classes] == 0) {
                rightAndAll[0] += targets[i * classes + (int) told[i]] > 0 ? 1 : 0;
                rightAndAll[1]++;
            }
        }
    }

    @Override
    public WeightSource initialParameters() {
        return InitialParameters.of(loss().graph(), seed, start);
    }

    @Override
    public Map<String, Tensor> inputs(Map<String, Tensor> batch, Step step) {
        return batch;
    }

    /** Batches of new scenes, by their numbers. What is at a place is that of the scene as it was drawn, however its picture lies. */
    BatchSource<Map<String, Tensor>> batches(LongFunction<SceneSample> scenes, int each) {
        return new PrefetchedSource<>(images, each, 1, epoch -> number -> {
            long first = ((long) epoch * each + number) * images;
            return batch(scenes, first);
        });
    }

    private Map<String, Tensor> batch(LongFunction<SceneSample> scenes, long first) {
        return batch(IntStream.range(0, images)
                .mapToObj(i -> scenes.apply(first + i))
                .toList());
    }

    private Map<String, Tensor> batch(List<SceneSample> scenes) {
        Map<String, Tensor> out = new HashMap<>();
        out.put(CaptionerModel.PIXELS, SceneBatches.of(scenes).pixels());
        int places = side * side;
        List<Boolean> gray =
                scenes.stream().map(scene -> isGray(scene.picture())).toList();
        int[] objects = scenes.stream().flatMapToInt(this::objects).toArray();
        for (Property property : PROPERTIES) {
            int classes = property.values() + 1;
            float[] targets = new float[objects.length * classes];
            for (int i = 0; i < objects.length; i++) {
                if (property == COLOR && gray.get(i / places)) {
                    continue; // nothing to tell, nothing to learn
                }
                if (objects[i] == 0) {
                    targets[i * classes] = BACKGROUND_WEIGHT;
                } else {
                    SceneObject object =
                            scenes.get(i / places).scene().objects().get(objects[i] - 1);
                    targets[i * classes + 1 + property.of().applyAsInt(object)] = 1;
                }
            }
            out.put(property.name(), Tensor.of(targets, objects.length, classes));
        }
        return out;
    }

    private static boolean isGray(RgbImage picture) {
        byte[] rgb = picture.toBytes();
        for (int i = 0; i < rgb.length; i += CHANNELS) {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
                return false;
            }
        }
        return true;
    }

    /** The object of each place from 1, 0 for none: the one with the most pixels there. */
    private IntStream objects(SceneSample sample) {
        int pixels = sample.picture().height();
        int[] mask = SceneMasks.instances(sample.scene(), pixels);
        int count = sample.scene().objects().size();
        int[][] seen = new int[side * side][count + 1];
        for (int p = 0; p < mask.length; p++) {
            seen[p / pixels * side / pixels * side + p % pixels * side / pixels][mask[p]]++;
        }
        return IntStream.range(0, seen.length).map(place -> {
            int best = 0;
            for (int i = 1; i <= count; i++) {
                boolean more = seen[place][i] >= FEWEST_PIXELS && (best == 0 || seen[place][i] > seen[place][best]);
                best = more ? i : best;
            }
            return best;
        });
    }
}
