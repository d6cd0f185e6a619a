package org.fovea.cli;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.Classification;
import org.fovea.vit.ImageClassifier;

/** Classifies images, some at once. */
final class ClassifyWork implements Work<Tensor> {
    private final ImageClassifier classifier;
    private final int batch;
    private boolean batched;

    /**
     * Takes an open classifier.
     *
     * @param batch images at once
     */
    ClassifyWork(ImageClassifier classifier, int batch) {
        this.classifier = classifier;
        this.batch = batch;
    }

    @Override
    public Tensor prepare(RgbImage image) {
        return classifier.processor().process(image); // [1, C, H, W]
    }

    @Override
    public int batch() {
        return batch;
    }

    /**
     * A full batch goes at once. A rest is filled up where a program for full batches is there and more than half full;
     * else it goes image by image.
     */
    @Override
    public List<Outcome> finish(List<String> files, List<Tensor> images) {
        boolean atOnce = images.size() == batch || batched && 2 * images.size() > batch;
        batched |= atOnce && batch > 1;
        List<Classification> results = new ArrayList<>();
        if (atOnce) {
            results.addAll(classifier.classifications(classifier.logits(stack(images))));
        } else {
            images.forEach(image -> results.addAll(classifier.classifications(classifier.logits(image))));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            outcomes.add(new Outcome.Classified(files.get(i), results.get(i)));
        }
        return outcomes;
    }

    /** {@code [batch, C, H, W]}, zeros after the images there are. */
    private Tensor stack(List<Tensor> images) {
        if (batch == 1) {
            return images.get(0);
        }
        Shape one = images.get(0).shape();
        Tensor all = Tensor.zeros(DType.F32, Shape.of(batch, one.dim(1), one.dim(2), one.dim(3)));
        FloatBuffer target = all.buffer().asFloatBuffer();
        images.forEach(image -> target.put(image.buffer().asFloatBuffer()));
        return all;
    }
}
