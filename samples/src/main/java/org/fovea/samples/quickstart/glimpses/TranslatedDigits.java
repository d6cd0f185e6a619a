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
 * Reads digits that stand anywhere in 60x60 pixels through four glimpses of three 12x12 patches, once looking where it has learned
 * to and once the same network looking anywhere.
 *
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, table 1b: 1.54% with four glimpses and 60,000 training digits</a>
 */
public final class TranslatedDigits {
    private static final int SIDE = 60;
    private static final int GLIMPSES = 4;
    private static final double DEVIATION = 0.15;
    private static final int BATCH = 128;
    private static final double RATE = 1e-3;

    private TranslatedDigits() {}

    /**
     * Runs it.
     *
     * @param args as of {@link CentredDigits}
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        int steps = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        Path folder = Files.createDirectories(Path.of(args[3]));
        RecurrentAttentionModel model = new RecurrentAttentionModel(
                new GlimpseNetwork(new GlimpseSensor(12, 3, 2), 128, 256), 256, GLIMPSES, DEVIATION, Digits.CLASSES);
        try (DataSplits splits = DataSplits.open(Path.of(args[0]))) {
            Digits train = Digits.read(splits, "train");
            Digits test = Digits.read(splits, "test");
            Scene scene = new Scene(SIDE, (SIDE - train.side()) / 2);
            for (Gaze gaze : Gaze.values()) {
                String name = gaze.name().toLowerCase(Locale.ROOT);
                System.out.println(name + " gaze, seed " + seed);
                GlimpseStudy study =
                        new GlimpseStudy(OneDnnBackend.create(), scene, model, gaze, BATCH, steps, RATE);
                double error = study.run(
                        train, test, seed, folder.resolve("translated-" + name + "-" + seed + ".safetensors"));
                System.out.printf(Locale.ROOT, "  test error %.2f%%%n", 100 * error);
            }
        }
    }
}
