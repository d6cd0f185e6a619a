package org.fovea.core.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationSource;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A DeepLearning4j iterator as a batch source. */
final class Dl4jBatchSource implements ClassificationSource {
    private final DataSetIterator iterator;
    private final Shape imageShape;
    private final List<String> classNames;
    private final int batchSize;
    private final int batchesPerEpoch;

    Dl4jBatchSource(DataSetIterator iterator) {
        this.iterator = iterator;
        if (!iterator.resetSupported()) {
            throw new IllegalArgumentException("Dl4jBatchSource: the iterator must support reset(), got one that does"
                    + " not; load its data into a ListDataSetIterator");
        }
        iterator.reset();
        if (!iterator.hasNext()) {
            throw new IllegalArgumentException("Dl4jBatchSource: the iterator must give at least one batch, got none");
        }
        ClassificationBatch first = batch(iterator.next());
        int count = 1;
        for (; iterator.hasNext(); iterator.next()) {
            count++;
        }
        this.batchSize = first.count();
        this.batchesPerEpoch = count;
        Shape pixels = first.pixels().shape();
        this.imageShape = Shape.of(pixels.dim(1), pixels.dim(2), pixels.dim(3));
        this.classNames = names(iterator.getLabels(), first.targets().shape().dim(1));
    }

    private static List<String> names(List<String> given, int classes) {
        if (given != null && given.size() == classes) {
            return List.copyOf(given);
        }
        List<String> numbers = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            numbers.add(Integer.toString(k));
        }
        return List.copyOf(numbers);
    }

    private static ClassificationBatch batch(DataSet data) {
        Tensor pixels = floats(Nd4jTensors.toTensor(data.getFeatures()));
        Tensor targets = floats(Nd4jTensors.toTensor(data.getLabels()));
        if (pixels.shape().rank() != 4 || targets.shape().rank() != 2) {
            throw new IllegalArgumentException("Dl4jBatchSource: features must be [B, C, H, W] and labels [B, K], got "
                    + pixels.shape() + " and " + targets.shape() + "; reshape them with a DataSetPreProcessor");
        }
        return new ClassificationBatch(pixels, targets, strongest(targets));
    }

    private static Tensor floats(Tensor tensor) {
        return tensor.dtype() == DType.F32
                ? tensor
                : Tensor.of(tensor.toFloats(), tensor.shape().toArray());
    }

    /** Class with the largest target in each row. */
    private static int[] strongest(Tensor targets) {
        int classes = targets.shape().dim(1);
        float[] values = targets.toFloats();
        int[] labels = new int[targets.shape().dim(0)];
        for (int i = 0; i < labels.length; i++) {
            for (int k = 1; k < classes; k++) {
                if (values[i * classes + k] > values[i * classes + labels[i]]) {
                    labels[i] = k;
                }
            }
        }
        return labels;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public Shape imageShape() {
        return imageShape;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public int batchesPerEpoch() {
        return batchesPerEpoch;
    }

    @Override
    public BatchIterator<ClassificationBatch> batches(int epoch, int firstBatch) {
        if (epoch < 0 || firstBatch < 0 || firstBatch > batchesPerEpoch) {
            throw new IllegalArgumentException("Dl4jBatchSource: epoch must be at least 0 and firstBatch lie in [0, "
                    + batchesPerEpoch + "], got " + epoch + " and " + firstBatch);
        }
        iterator.reset();
        for (int i = 0; i < firstBatch && iterator.hasNext(); i++) {
            iterator.next();
        }
        return BatchIterator.of(firstBatch, batchesPerEpoch, number -> batch(iterator.next()));
    }

    @Override
    public void close() {}
}
