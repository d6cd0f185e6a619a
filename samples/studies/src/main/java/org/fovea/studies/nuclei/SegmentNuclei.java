package org.fovea.studies.nuclei;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.engine.Backends;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.train.SegmentationBatch;
import org.fovea.segmentation.train.SegmentationFolder;
import org.fovea.segmentation.train.SegmentationSample;
import org.fovea.segmentation.train.SegmentationTask;
import org.fovea.studies.ProgressLines;

/**
 * Trains a network to find nuclei, scored on the validation images after each epoch; goes on where it was stopped when it is
 * started again. Leaves a model in the folder.
 */
public final class SegmentNuclei {
    private static final int CHECKPOINT_UPDATES = 250;

    private SegmentNuclei() {}

    /**
     * Trains.
     *
     * @param args the folder; the data, {@code dsb2018.zip}; the attention; updates, in hundreds; and
     *     optionally the seed (1) and the folder of an earlier run, whose best weights it starts from
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        FeatureAttention attention = FeatureAttention.valueOf(args[2].toUpperCase(Locale.ROOT));
        int epochs = Integer.parseInt(args[3]) * 100 / NucleiTraining.UPDATES;
        long seed = args.length > 4 ? Long.parseLong(args[4]) : 1;
        Backend backend = Backends.automatic();
        AttentionUNet model = NucleiTraining.model(attention);
        List<SegmentationSample> train;
        List<SegmentationSample> validation;
        try (SegmentationFolder data = SegmentationFolder.open(Path.of(args[1]))) {
            train = data.samples("train");
            validation = data.samples("val");
        }
        Optional<Parameters> start = args.length > 5 ? Optional.of(weights(Path.of(args[5]), model)) : Optional.empty();
        SegmentationTask task = NucleiTraining.task(model, start, NucleiTraining.evaluation(validation), seed);
        TrainingPlan plan = NucleiTraining.plan(epochs, backend, seed);
        System.out.printf(
                "%s, %d updates of %d crops of %d images, %s%n",
                attention.key(), epochs * NucleiTraining.UPDATES, NucleiTraining.BATCH, train.size(), plan.precision());
        Checkpoints checkpoints =
                Checkpoints.in(folder.resolve("checkpoints"), 2, CHECKPOINT_UPDATES, attention.key() + " " + epochs);
        try (BatchSource<SegmentationBatch> batches =
                        NucleiTraining.crops(seed).of(train, NucleiTraining.BATCH, NucleiTraining.UPDATES);
                RunLog log = new RunLog(folder, Clock.systemUTC(), new ProgressLines())) {
            TrainingResult result = new Trainer<>(backend, task, plan, checkpoints, log).resume(batches);
            System.out.println(ProgressLines.text(result.last()));
        }
    }

    /** The best weights of a run. */
    static Parameters weights(Path folder, AttentionUNet model) {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("checkpoints/best.safetensors"))) {
            Map<String, Tensor> all = new LinkedHashMap<>();
            model.parameterShapes().keySet().forEach(name -> all.put(name, file.tensor(name)));
            return Parameters.of(all);
        }
    }

    /** The moving averages of the weights at the last checkpoint of a run. */
    static Parameters lastWeights(Path folder, AttentionUNet model) {
        Path last = Checkpoints.in(folder.resolve("checkpoints"), 2, CHECKPOINT_UPDATES, "")
                .latest()
                .orElseThrow(() -> new IllegalArgumentException(folder + ": must hold a run, got no checkpoint"));
        try (SafetensorsFile file = SafetensorsFile.open(last)) {
            Map<String, Tensor> all = new LinkedHashMap<>();
            for (String name : model.parameterShapes().keySet()) {
                String averaged = "ema/" + name;
                all.put(name, file.tensor(file.names().contains(averaged) ? averaged : name));
            }
            return Parameters.of(all);
        }
    }
}
