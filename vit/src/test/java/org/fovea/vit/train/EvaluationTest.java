package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.ImageDataset;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.CheckpointFiles;
import org.fovea.vit.Fixtures;
import org.fovea.vit.ImageClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final int SIDE = 32;
    private static final String PATCHES = "vit.embeddings.patch_embeddings.projection.weight";

    @TempDir
    Path folder;

    @Test
    void resultThatIsNoNumberIsAnErrorOfItsImage() throws IOException {
        try (ImageClassifier classifier = overflowingOnWhite();
                DataSplits data = data(classifier.labels().get(0), "stripes", "white")) {
            Evaluation evaluation = Evaluation.of(classifier, data.get("validation"));
            assertEquals(1, evaluation.scores().images());
            assertEquals(1, evaluation.broken().size());
            String problem = evaluation.broken().get(0).toString();
            assertTrue(problem.contains("white") && problem.contains("the model's result must be finite"), problem);
        }
    }

    @Test
    void resultsOfWhichNoneIsANumberAreNoEvaluation() throws IOException {
        try (ImageClassifier classifier = overflowingOnWhite();
                DataSplits data = data(classifier.labels().get(0), "white")) {
            ImageDataset images = data.get("validation");
            assertThrows(EvaluationException.class, () -> Evaluation.of(classifier, images));
        }
    }

    /** A checkpoint whose first channel is the sum of two pixels beside each other, times nearly the largest float. */
    private ImageClassifier overflowingOnWhite() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        CheckpointFiles.changed(
                model,
                "vit-hf",
                tensors -> tensors.computeIfPresent(PATCHES, (name, old) -> {
                    float[] values = old.toFloats();
                    values[0] = 3e38f;
                    values[1] = 3e38f;
                    return Tensor.of(values, old.shape().toArray());
                }));
        return ImageClassifier.load(model, Fixtures.options());
    }

    /** Images of one class: white ones, and columns of white and black in turn, whose neighbors' sum is 0. */
    private DataSplits data(String label, String... names) throws IOException {
        Path root = folder.resolve("data");
        for (String name : names) {
            byte[] rgb = new byte[3 * SIDE * SIDE];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (byte) (name.equals("white") || i / 3 % 2 == 0 ? 255 : 0);
            }
            Path file = root.resolve("validation").resolve(label).resolve(name + ".png");
            Files.createDirectories(file.getParent());
            RgbImage.of(SIDE, SIDE, rgb).writePng(file);
        }
        return DataSplits.open(root);
    }
}
