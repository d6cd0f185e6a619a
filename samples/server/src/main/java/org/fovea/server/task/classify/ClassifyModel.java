package org.fovea.server.task.classify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.queue.Work;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.request.Parameters;
import org.fovea.server.task.AttentionJson;
import org.fovea.server.task.Call;
import org.fovea.server.task.Engine;
import org.fovea.server.task.GrayImage;
import org.fovea.server.task.TaskModel;
import org.fovea.server.task.TensorModel;
import org.fovea.vit.Classification;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Prediction;

/** A classifier that is served. */
final class ClassifyModel implements TaskModel {
    private static final int USUAL_TOP = 5;

    private final ImageClassifier classifier;
    private final Engine engine;
    private final ClassifyBatch batch;

    private ClassifyModel(ImageClassifier classifier, Engine engine) {
        this.classifier = classifier;
        this.engine = engine;
        this.batch = new ClassifyBatch(classifier, engine.batch());
    }

    static ClassifyModel load(Path directory, Engine engine) {
        return new ClassifyModel(
                ImageClassifier.load(
                        directory,
                        new ClassifierOptions(
                                engine.backend(),
                                engine.precision(),
                                ClassifierOptions.CHECKPOINT_PIXELS,
                                engine.batch(),
                                Integer.MAX_VALUE)), // each request has its own number of classes
                engine);
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("labels", classifier.labels());
    }

    @Override
    public Call<?> open(ImageRequest request) {
        Parameters wanted = request.parameters();
        int top = wanted.integer(ClassifyTask.TOP_K, 1, Integer.MAX_VALUE).orElse(USUAL_TOP);
        if (wanted.flag(ClassifyTask.ATTENTION).orElse(false)) {
            return explained(request, top);
        }
        Tensor pixels = engine.images().read(request.image(), classifier.processor()::prepare);
        return new Call<>(new Work<>(batch, pixels), logits -> entries(classification(logits), top));
    }

    private Call<Explanation> explained(ImageRequest request, int top) {
        Supplier<RgbImage> image = engine.images().later(request.image(), classifier.processor()::geometry);
        return new Call<>(Work.single(() -> classifier.explain(image.get())), why -> {
            List<Object> all = entries(why.classification(), top);
            Map<String, Object> first =
                    new LinkedHashMap<>(entry(why.classification().best()));
            first.put("attention", AttentionJson.of(why.rollout(), why.geometry(), why.image()));
            all.set(0, first);
            return all;
        });
    }

    @Override
    public TensorModel tensors() {
        return new ClassifyTensors(classifier, batch, engine.images());
    }

    private Classification classification(float... logits) {
        return classifier.classifications(Tensor.of(logits, 1, logits.length)).get(0);
    }

    private static List<Object> entries(Classification result, int top) {
        List<Object> out = new ArrayList<>();
        result.predictions().stream().limit(top).forEach(each -> out.add(entry(each)));
        return out;
    }

    private static Map<String, Object> entry(Prediction prediction) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("label", prediction.label());
        out.put("score", prediction.probability());
        return out;
    }

    @Override
    public void warm() {
        classifier.prepare(1);
        classifier.explain(GrayImage.create());
        classifier.prepare(engine.batch());
    }

    @Override
    public void close() {
        classifier.close();
    }
}
