package org.fovea.core.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationLoader;
import org.fovea.core.data.ClassificationSource;
import org.fovea.core.data.LoaderOptions;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.data.TestImages;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class DataSetIteratorsTest {
    private static ClassificationLoader loader() {
        SamplePipeline plain = new TrainingPipeline(8, 8, List.of(), PixelNormalization.half());
        return ClassificationLoader.evaluation(TestImages.dataset(6), plain, LoaderOptions.of(4, 1));
    }

    @Test
    void batchSourceIsAnIterator() {
        try (ClassificationLoader loader = loader();
                BatchIterator<ClassificationBatch> batches = loader.batches(0, 0)) {
            DataSetIterator iterator = DataSetIterators.toDataSetIterator(loader);
            assertEquals(List.of("cat", "dog"), iterator.getLabels());
            assertEquals(192, iterator.inputColumns());
            for (int epoch = 0; epoch < 2; epoch++) {
                DataSet first = iterator.next();
                assertArrayEquals(new long[] {4, 3, 8, 8}, first.getFeatures().shape());
                assertArrayEquals(new long[] {4, 2}, first.getLabels().shape());
                assertEquals(2, iterator.next().numExamples());
                assertFalse(iterator.hasNext());
                iterator.reset();
            }
            float[] expected = batches.next().pixels().toFloats();
            assertArrayEquals(expected, iterator.next().getFeatures().data().asFloat());
        }
    }

    @Test
    void iteratorIsABatchSource() {
        try (ClassificationLoader loader = loader();
                ClassificationSource back = DataSetIterators.toBatchSource(DataSetIterators.toDataSetIterator(loader));
                BatchIterator<ClassificationBatch> expected = loader.batches(0, 0)) {
            assertEquals(2, back.batchesPerEpoch());
            assertEquals(4, back.batchSize());
            assertEquals(Shape.of(3, 8, 8), back.imageShape());
            assertEquals(List.of("cat", "dog"), back.classNames());
            expected.next();
            ClassificationBatch second = expected.next();
            try (BatchIterator<ClassificationBatch> batches = back.batches(1, 1)) {
                ClassificationBatch got = batches.next();
                assertArrayEquals(second.pixels().toFloats(), got.pixels().toFloats());
                assertArrayEquals(second.targets().toFloats(), got.targets().toFloats());
                assertArrayEquals(second.labels(), got.labels());
                assertFalse(batches.hasNext());
            }
            assertThrows(IllegalArgumentException.class, () -> back.batches(0, 3));
        }
    }
}
