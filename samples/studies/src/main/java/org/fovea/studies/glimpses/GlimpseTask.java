package org.fovea.studies.glimpses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fovea.core.attention.GlimpseNetwork;
import org.fovea.core.attention.GlimpseSensor;
import org.fovea.core.attention.RecurrentAttentionModel;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.studies.digits.Digits;

/**
 * Digits somewhere in an image, and what they are to be read with.
 *
 * @param name begins the names of files that keep the state of a run
 * @param side of the image, in pixels; at least a digit's, which may then stand anywhere in it
 * @param deviation of where a glimpse is taken from where the policy would have it
 */
record GlimpseTask(String name, int side, GlimpseSensor sensor, int glimpses, double deviation) {
    private static final int BATCH = 128;
    private static final double RATE = 1e-3;

    /** Trains and scores with each gaze, in turn; the arguments are those of {@link CenteredDigits#main}. */
    void run(String[] args, List<Gaze> gazes) throws IOException {
        Path data = Path.of(args[0]);
        int steps = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        Path folder = Files.createDirectories(Path.of(args[3]));
        Digits train = Digits.read(data, "train");
        Digits test = Digits.read(data, "test");
        Scene scene = new Scene(side, (side - train.side()) / 2);
        RecurrentAttentionModel model = new RecurrentAttentionModel(
                new GlimpseNetwork(sensor, 128, 256), 256, glimpses, deviation, Digits.CLASSES);
        for (Gaze gaze : gazes) {
            String how = gaze.name().toLowerCase(Locale.ROOT);
            System.out.println(how + " gaze, seed " + seed);
            GlimpseStudy study = new GlimpseStudy(OneDnnBackend.create(), scene, model, gaze, BATCH, steps, RATE);
            Path state = folder.resolve(name + "-" + how + "-" + seed);
            System.out.printf(Locale.ROOT, "  test error %.2f%%%n", 100 * study.run(train, test, seed, state));
        }
    }
}
