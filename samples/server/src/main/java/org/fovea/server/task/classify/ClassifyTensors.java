package org.fovea.server.task.classify;

import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.queue.Work;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.task.AttentionJson;
import org.fovea.server.task.Call;
import org.fovea.server.task.ImageReader;
import org.fovea.server.task.TensorModel;
import org.fovea.server.task.TensorRow;
import org.fovea.server.task.TensorSpec;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Prediction;

/** A classifier with tensors. */
record ClassifyTensors(ImageClassifier classifier, ClassifyBatch batch, ImageReader images) implements TensorModel {
    private static final String LOGITS = "logits";
    private static final String PROBABILITIES = "probabilities";
    private static final String LABEL = "label";

    @Override
    public List<TensorSpec> inputs() {
        return List.of(
                TensorSpec.texts(IMAGE),
                TensorSpec.numbers(
                        PIXELS,
                        -1,
                        classifier.processor().channels(),
                        classifier.processor().height(),
                        classifier.processor().width()));
    }

    @Override
    public List<TensorSpec> outputs() {
        int classes = classifier.config().classes();
        return List.of(
                TensorSpec.numbers(LOGITS, -1, classes),
                TensorSpec.numbers(PROBABILITIES, -1, classes),
                TensorSpec.texts(LABEL));
    }

    @Override
    public Call<?> open(ImageRequest request) {
        return call(images.read(request.image(), classifier.processor()::prepare));
    }

    @Override
    public Call<?> open(Tensor pixels) {
        TensorSpec spec = inputs().get(1);
        Shape one = Shape.of(
                spec.shape().stream().mapToInt(size -> Math.max(1, size)).toArray());
        if (!pixels.shape().equals(one)) {
            throw ApiException.badRequest(
                    PIXELS + " must have the shape " + spec.shape() + ", got images of " + pixels.shape());
        }
        return call(pixels);
    }

    private Call<?> call(Tensor pixels) {
        return new Call<>(new Work<>(batch, pixels), this::row);
    }

    private TensorRow row(float... logits) {
        List<Prediction> all = classifier
                .classifications(Tensor.of(logits, 1, logits.length))
                .get(0)
                .predictions();
        float[] probabilities = new float[logits.length];
        all.forEach(each -> probabilities[each.index()] = (float) each.probability());
        return new TensorRow(Map.of(
                LOGITS, AttentionJson.numbers(logits),
                PROBABILITIES, AttentionJson.numbers(probabilities),
                LABEL, List.of(all.get(0).label())));
    }
}
