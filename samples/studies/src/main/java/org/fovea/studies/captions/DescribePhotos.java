package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.engine.Backends;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonReader;
import org.fovea.core.io.JsonText;
import org.fovea.core.metric.Metrics;
import org.fovea.studies.ProgressLines;

/**
 * Trains captioners of photographs over the features of a pretrained convolutional encoder that does not learn, and compares them
 * with captions of the nearest training photograph and with a language model that sees no photograph. Goes on where it was stopped.
 */
public final class DescribePhotos {
    private static final String SCORES = "scores.json";

    private final Path folder;
    private final List<Integer> seeds;

    private DescribePhotos(Path folder, List<Integer> seeds) {
        this.folder = folder;
        this.seeds = seeds;
    }

    /**
     * Trains, scores and prints a table of all that is in the folder.
     *
     * @param args a directory or zip file of photographs with five captions each, of splits {@code train}, {@code val} and {@code
     *     test}; the directory of the encoder's checkpoint; the folder of the runs; the seeds, as {@code 1,2,3}; and the models to
     *     train, of {@code soft}, {@code hard}, {@code transformer}, {@code blind} and {@code critical} (all)
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[2]);
        Path encoder = Path.of(args[1]);
        List<PhotoModel> kinds = args.length == 4
                ? List.of(PhotoModel.values())
                : Stream.of(args)
                        .skip(4)
                        .map(name -> PhotoModel.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
        DescribePhotos all = new DescribePhotos(
                folder, Stream.of(args[3].split(",")).map(Integer::valueOf).toList());
        Backend backend = Backends.automatic();
        try (PhotoStudy study =
                PhotoStudy.open(Path.of(args[0]), encoder, folder.resolve("features.safetensors"), backend)) {
            System.out.printf(
                    "%d words, photographs for training %d, validation %d, test %d; features %s%n",
                    study.vocabulary().size(),
                    study.photos("train").size(),
                    study.photos("val").size(),
                    study.photos("test").size(),
                    study.features().shape());
            for (int seed : all.seeds) {
                for (PhotoModel kind : kinds) {
                    all.train(new PhotoRun(study, kind, seed, folder, encoder, backend));
                }
            }
            all.print(study);
        }
    }

    private void train(PhotoRun run) throws IOException {
        Path file = run.own().resolve(SCORES);
        if (!Files.exists(file)) {
            System.out.printf("%s, seed %d%n", run.kind().title(), run.seed());
            long begin = System.nanoTime();
            Metrics scores = run.run();
            System.out.printf(
                    Locale.ROOT,
                    "test: %s; %.0f s in all%n",
                    ProgressLines.text(scores),
                    (System.nanoTime() - begin) / 1e9);
            Map<String, Object> out = new LinkedHashMap<>();
            scores.all().forEach(metric -> out.put(metric.name(), metric.value()));
            AtomicFile.write(file, JsonText.of(out));
        }
    }

    private void print(PhotoStudy study) {
        System.out.printf(
                "%ntest, %d beams: mean and standard deviation (runs)%n",
                PhotoRun.SEARCH.search().beams());
        List<Metrics> nearest = new NearestPhoto(study.photos("train"), study.features()).scores(study.photos("test"));
        row(
                "caption of the nearest photograph",
                nearest.stream().map(DescribePhotos::values).toList());
        for (PhotoModel kind : PhotoModel.values()) {
            List<Map<String, Double>> runs = new ArrayList<>();
            for (int seed : seeds) {
                Path file = new PhotoRun(study, kind, seed, folder, folder, null)
                        .own()
                        .resolve(SCORES);
                if (Files.exists(file)) {
                    runs.add(read(file));
                }
            }
            if (!runs.isEmpty()) {
                row(kind.title(), runs);
            }
        }
    }

    private static Map<String, Double> values(Metrics metrics) {
        Map<String, Double> out = new LinkedHashMap<>();
        metrics.all().forEach(metric -> out.put(metric.name(), metric.value()));
        return out;
    }

    private static Map<String, Double> read(Path file) {
        Map<String, Double> out = new LinkedHashMap<>();
        JsonReader.readTree(file, "Remove it, and the run is scored again.")
                .forEach((name, value) -> out.put(name, ((Number) value).doubleValue()));
        return out;
    }

    private static void row(String title, List<Map<String, Double>> runs) {
        StringBuilder line = new StringBuilder(String.format("%-34s", title));
        for (String name : runs.get(0).keySet()) {
            double[] values = runs.stream().mapToDouble(run -> run.get(name)).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            double deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
            line.append(String.format(Locale.ROOT, "  %s %.3f ± %.3f", name, mean, deviation));
        }
        System.out.println(line + "  (" + runs.size() + ")");
    }
}
