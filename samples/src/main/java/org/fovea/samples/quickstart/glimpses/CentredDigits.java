package org.fovea.samples.quickstart.glimpses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.fovea.core.attention.GlimpseNetwork;
import org.fovea.core.attention.GlimpseSensor;
import org.fovea.core.attention.RecurrentAttentionModel;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.DataSplits;

/**
 * Reads centred digits through six glimpses of 8x8 pixels, from 10,000 training digits that are turned, stretched and shifted a
 * little, and scores MNIST's 10,000 test digits.
 *
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, table 1a: 1.29% with six glimpses and 60,000 training digits</a>
 */
public final class CentredDigits {
    private static final int GLIMPSES = 6;
    private static final double DEVIATION = 0.1;
    private static final int BATCH = 128;
    private static final double RATE = 1e-3;

    private CentredDigits() {}

    /**
     * Runs it.
     *
     * @param args the digits, {@code train/class/*.png} and {@code test/class/*.png} in a folder or zip file; the number of steps;
     *     the seed; a folder that keeps the state of the run, which goes on from there when started again
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        int steps = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        Path folder = Files.createDirectories(Path.of(args[3]));
        RecurrentAttentionModel model = new RecurrentAttentionModel(
                new GlimpseNetwork(new GlimpseSensor(8, 1, 2), 128, 256), 256, GLIMPSES, DEVIATION, Digits.CLASSES);
        try (DataSplits splits = DataSplits.open(Path.of(args[0]))) {
            Digits train = Digits.read(splits, "train");
            Digits test = Digits.read(splits, "test");
            System.out.println("learned gaze, seed " + seed);
            GlimpseStudy study = new GlimpseStudy(
                    OneDnnBackend.create(), new Scene(train.side(), 0), model, Gaze.LEARNED, BATCH, steps, RATE);
            double error = study.run(train, test, seed, folder.resolve("centred-" + seed + ".safetensors"));
            System.out.printf(Locale.ROOT, "  test error %.2f%%%n", 100 * error);
        }
    }
}
