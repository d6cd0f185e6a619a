package org.fovea.server.task.classify;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.queue.Batch;
import org.fovea.server.task.BatchRows;
import org.fovea.vit.ImageClassifier;

/** From pixels {@code [1, C, H, W]} to the logits of all classes. */
record ClassifyBatch(ImageClassifier classifier, int most) implements Batch<Tensor, float[]> {
    @Override
    public List<float[]> compute(List<Tensor> images) {
        Tensor pixels = Tensor.stack(images, BatchRows.of(images.size(), most)); // [B, C, H, W]
        float[] all = classifier.logits(pixels).toFloats();
        int classes = classifier.config().classes();
        return IntStream.range(0, images.size())
                .mapToObj(i -> Arrays.copyOfRange(all, i * classes, (i + 1) * classes))
                .toList();
    }
}
