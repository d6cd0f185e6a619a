package org.fovea.core.dl4j;

import java.util.List;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationSource;
import org.fovea.core.tensor.Nd4jTensors;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A batch source as a DeepLearning4j iterator; a reset begins the next epoch. */
final class SourceDataSetIterator implements DataSetIterator {
    private static final long serialVersionUID = 1L;

    private final transient ClassificationSource source;
    private transient BatchIterator<ClassificationBatch> batches;
    private transient DataSetPreProcessor preProcessor;
    private int epoch;

    SourceDataSetIterator(ClassificationSource source) {
        this.source = source;
    }

    private BatchIterator<ClassificationBatch> batches() {
        if (batches == null) {
            batches = source.batches(epoch, 0);
        }
        return batches;
    }

    @Override
    public boolean hasNext() {
        return batches().hasNext();
    }

    @Override
    public DataSet next() {
        ClassificationBatch batch = batches().next();
        DataSet out = new DataSet(Nd4jTensors.toArray(batch.pixels()), Nd4jTensors.toArray(batch.targets()));
        if (preProcessor != null) {
            preProcessor.preProcess(out);
        }
        return out;
    }

    @Override
    public DataSet next(int count) {
        throw new UnsupportedOperationException("ClassificationSource: batches have the fixed size "
                + source.batchSize() + ", got a request for " + count + "; use next()");
    }

    @Override
    public void reset() {
        if (batches != null) {
            batches.close();
            batches = null;
            epoch++;
        }
    }

    @Override
    public int inputColumns() {
        return (int) source.imageShape().size();
    }

    @Override
    public int totalOutcomes() {
        return source.classes();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** {@inheritDoc} False, since batches are already prepared in the background. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public int batch() {
        return source.batchSize();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    @Override
    public List<String> getLabels() {
        return source.classNames();
    }
}
