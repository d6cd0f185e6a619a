package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {
    private static ImageDataset of(List<String> classes, int... labels) {
        return new ImageDataset(
                "pets",
                classes,
                IntStream.range(0, labels.length)
                        .mapToObj(i -> new LabeledImage("image" + i, labels[i], () -> new byte[0]))
                        .toList());
    }

    private static void assertMessage(String text, org.junit.jupiter.api.function.Executable work) {
        DataSetException e = assertThrows(DataSetException.class, work);
        assertTrue(e.getMessage().contains(text), e.getMessage());
    }

    @Test
    void classWeightsAreInverseToTheShares() {
        double[] weights = of(List.of("cat", "dog"), 0, 0, 0, 1).classWeights();
        assertArrayEquals(new double[] {4 / 6.0, 4 / 2.0}, weights, 1e-15);
    }

    @Test
    void labelOutOfRangeIsAnError() {
        assertMessage("image1: label must lie in [0, 1], one of 2 classes, got 2", () -> of(List.of("a", "b"), 0, 2));
        assertMessage("got -1", () -> of(List.of("a", "b"), -1));
    }

    @Test
    void oneClassIsAnError() {
        assertMessage("training needs at least 2 classes, got 1 [cat]", () -> of(List.of("cat"), 0, 0)
                .checkTrainable());
    }

    @Test
    void classWithoutImagesIsAnError() {
        assertMessage("got none of [dog]", () -> of(List.of("cat", "dog"), 0).checkTrainable());
    }

    @Test
    void repeatedNamesAreErrors() {
        assertMessage("class names must differ", () -> of(List.of("cat", "cat"), 0));
        LabeledImage s = new LabeledImage("one", 0, () -> new byte[0]);
        assertMessage(
                "an image must be listed once, got one twice",
                () -> new ImageDataset("pets", List.of("cat"), List.of(s, s)));
    }
}
