package org.fovea.studies.nuclei;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.engine.Backends;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmenterOptions;
import org.fovea.segmentation.hub.SegmenterWriter;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.mask.ScoreMap;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.mask.WatershedDecoder;
import org.fovea.segmentation.metric.InstanceMatching;
import org.fovea.segmentation.metric.MatchingScores;
import org.fovea.segmentation.metric.SemanticScores;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.train.PreciseNorms;
import org.fovea.segmentation.train.SegmentationBatch;
import org.fovea.segmentation.train.SegmentationFolder;
import org.fovea.segmentation.train.SegmentationSample;

/**
 * Makes a model of the last weights of a run of {@link SegmentNuclei}: measures its batch norms anew, chooses the rules of objects on the validation images, and then scores the model
 * as it is saved on the test images, by kind.
 */
public final class ScoreNuclei {
    private static final List<String> LABELS = List.of("background", "nucleus");
    private static final List<Double> FOREGROUND = List.of(0.5);
    private static final List<Double> DYNAMICS = List.of(0.1, 0.15, 0.2, 0.25, 0.3);
    private static final List<Double> THRESHOLDS = List.of(0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9);
    private static final int TILE = 256;
    private static final int NORM_BATCHES = 60;
    private static final long NORM_SEED = 99;

    private ScoreNuclei() {}

    /**
     * Makes and scores the model.
     *
     * @param args the run's folder; the data, {@code dsb2018.zip}; the run's attention; the folder of the model; {@code test} to score
     *     it on the test images
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        AttentionUNet model = NucleiTraining.model(FeatureAttention.valueOf(args[2].toUpperCase(Locale.ROOT)));
        Path folder = Path.of(args[3]);
        Backend backend = Backends.automatic();
        Precision precision = backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32;
        SegmenterOptions options =
                SegmenterOptions.defaults().withBackend(backend).withPrecision(precision);
        List<SegmentationSample> train;
        List<SegmentationSample> validation;
        List<SegmentationSample> test;
        try (SegmentationFolder data = SegmentationFolder.open(Path.of(args[1]))) {
            train = data.samples("train");
            validation = data.samples("val");
            test = data.samples("test");
        }
        Parameters weights;
        try (BatchSource<SegmentationBatch> batches =
                NucleiTraining.crops(NORM_SEED).of(train, NucleiTraining.BATCH, NORM_BATCHES)) {
            Parameters learned = SegmentNuclei.lastWeights(Path.of(args[0]), model);
            weights = PreciseNorms.measure(model, learned, batches, NORM_BATCHES, backend, precision);
        }
        SegmenterWriter.save(folder, model, weights, LABELS, NucleiTraining.WATERSHED, TILE);
        System.out.println("norms measured, " + precision);
        Watershed rules;
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder, options)) {
            rules = choose(segmenter, NucleiTraining.ofKind(validation, "grey"));
        }
        SegmenterWriter.save(folder, model, weights, LABELS, rules, TILE);
        System.out.println("rules chosen on the grey validation images: " + rules);
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder, options)) {
            for (String kind : List.of("grey", "colour")) {
                report("val " + kind, segmenter, NucleiTraining.ofKind(validation, kind));
                if (args.length > 4 && args[4].equals("test")) {
                    report("test " + kind, segmenter, NucleiTraining.ofKind(test, kind));
                }
            }
        }
    }

    private static Watershed choose(ImageSegmenter segmenter, List<SegmentationSample> samples) {
        List<ScoreMap> maps =
                samples.stream().map(sample -> segmenter.scores(sample.image())).toList();
        Watershed best = NucleiTraining.WATERSHED;
        double most = 0;
        for (double foreground : FOREGROUND) {
            for (double dynamics : DYNAMICS) {
                Watershed rules = new Watershed(foreground, dynamics, best.leastArea(), best.largestHole());
                List<MatchingScores> each = new ArrayList<>();
                for (int i = 0; i < maps.size(); i++) {
                    SegmentationSample sample = samples.get(i);
                    Segmentation found = new WatershedDecoder(rules)
                            .decode(
                                    maps.get(i),
                                    LABELS,
                                    sample.image().height(),
                                    sample.image().width());
                    each.add(matching(sample, found).at(0.5));
                }
                double ap = MatchingScores.pooled(each).averagePrecision();
                System.out.printf(Locale.ROOT, "  foreground %.2f  dynamics %.2f  AP %.4f%n", foreground, dynamics, ap);
                if (ap > most) {
                    most = ap;
                    best = rules;
                }
            }
        }
        return best;
    }

    private static InstanceMatching matching(SegmentationSample sample, Segmentation found) {
        return InstanceMatching.of(
                sample.instances().orElseThrow(),
                found.instances().orElseThrow().ids());
    }

    private static void report(String what, ImageSegmenter segmenter, List<SegmentationSample> samples) {
        List<InstanceMatching> matchings = new ArrayList<>();
        SemanticScores pixels = new SemanticScores(2, SegmentationSample.IGNORED);
        double sum = 0;
        for (SegmentationSample sample : samples) {
            Segmentation found = segmenter.segment(sample.image());
            matchings.add(matching(sample, found));
            pixels.add(sample.classes(), found.classes());
            SemanticScores own = new SemanticScores(2, SegmentationSample.IGNORED);
            own.add(sample.classes(), found.classes());
            sum += Double.isNaN(own.iou(1)) ? 1 : own.iou(1);
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d images, foreground IoU %.4f over all pixels, %.4f mean over images; Dice %.4f%n",
                what,
                samples.size(),
                pixels.iou(1),
                sum / samples.size(),
                pixels.dice(1));
        for (double threshold : THRESHOLDS) {
            List<MatchingScores> each =
                    matchings.stream().map(m -> m.at(threshold)).toList();
            MatchingScores all = MatchingScores.pooled(each);
            System.out.printf(
                    Locale.ROOT,
                    "  IoU %.2f  AP %.4f (mean over images %.4f)  F1 %.4f  PQ %.4f%n",
                    threshold,
                    all.averagePrecision(),
                    each.stream()
                            .mapToDouble(MatchingScores::averagePrecision)
                            .average()
                            .orElse(0),
                    all.f1(),
                    all.panopticQuality());
        }
    }
}
