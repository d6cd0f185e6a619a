package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.train.CaptionBatch;
import org.fovea.captioning.train.CaptionEvaluation;
import org.fovea.captioning.train.CaptionObjective;
import org.fovea.captioning.train.CaptionTask;
import org.fovea.captioning.train.SelfCriticalTask;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.image.ProcessorFiles;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.FeatureEncoder;
import org.fovea.core.nn.ProjectedEncoder;
import org.fovea.core.tensor.Shape;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Task;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.ProgressLines;
import org.fovea.vit.hub.PretrainedEncoder;

/**
 * Training of one captioner of photographs, which goes on where it was stopped, and leaves a captioner that reads photographs.
 *
 * @param folder of all runs
 * @param encoder directory of the checkpoint that the features come from
 */
record PhotoRun(PhotoStudy study, PhotoModel kind, long seed, Path folder, Path encoder, Backend backend) {
    /** Search for captions of the test; a length penalty of 1 makes them longer than those that people wrote. */
    static final GenerationOptions SEARCH =
            GenerationOptions.defaults().withBeams(3).with(Map.of("length_penalty", 0.5));

    private static final double DECAY = 0.05;
    private static final double GAZE = 0.05; // weights of hard attention alone
    private static final double GAZE_ENTROPY = 0.02;

    /** The folder of this run. */
    Path own() {
        return folder(kind);
    }

    private Path folder(PhotoModel other) {
        return folder.resolve(other.name().toLowerCase(Locale.ROOT) + "-" + seed);
    }

    private boolean blind() {
        return kind == PhotoModel.BLIND;
    }

    /**
     * Trains.
     *
     * @return scores of captions of the test's photographs by the weights that did best on the validation's
     */
    Metrics run() throws IOException {
        Precision precision = SceneStudy.precision(backend);
        if (kind.start().isEmpty()) {
            return run(words(Optional.empty()), precision);
        }
        try (PretrainedCaptioner start =
                PretrainedCaptioner.open(folder(kind.start().get()))) {
            CaptionTask words = words(Optional.of(start.parameters()));
            return kind == PhotoModel.CRITICAL ? criticize(words, precision) : run(words, precision);
        }
    }

    private Metrics run(CaptionTask words, Precision precision) throws IOException {
        return finish(words, train(words, plan(DECAY, precision), new ProgressLines()), precision);
    }

    private Metrics criticize(CaptionTask words, Precision precision) throws IOException {
        try (SelfCriticalTask task = new SelfCriticalTask(words, study.reward(), backend, precision)) {
            return finish(words, train(task, plan(0, precision), new ProgressLines(task::reward)), precision);
        }
    }

    /** The task of the likelihood of words over features. */
    CaptionTask words(Optional<Parameters> start) {
        Shape map = study.features().shape();
        FeatureEncoder features = new FeatureEncoder(map.dim(1), map.dim(2), map.dim(3));
        return new CaptionTask(
                kind.of(features, study.vocabulary().size()),
                study.vocabulary(),
                PhotoStudy.IMAGES,
                PhotoStudy.CAPTIONS,
                kind.rates(),
                CaptionObjective.likelihood().withGaze(GAZE, GAZE_ENTROPY),
                study.evaluation("val", blind()),
                start,
                seed);
    }

    private TrainingPlan plan(double decay, Precision precision) {
        int each = study.photos("train").size() / PhotoStudy.IMAGES;
        double rate = kind.rate();
        Schedule schedule = new Schedule.Cosine(rate, rate / 10, rate / 50, each, (long) kind.epochs() * each);
        return TrainingPlan.builder(Optimizer.adamW(decay), schedule)
                .epochs(kind.epochs())
                .precision(precision)
                .clipNorm(1)
                .emaDecay(kind.average())
                .seed(seed)
                .build();
    }

    private Parameters train(Task<CaptionBatch> task, TrainingPlan plan, TrainingListener lines) throws IOException {
        Files.createDirectories(own());
        Checkpoints checkpoints = Checkpoints.in(own().resolve("checkpoints"), 1, Long.MAX_VALUE, kind.name());
        try (BatchSource<CaptionBatch> batches = study.batches(blind(), seed);
                RunLog log = new RunLog(own(), Clock.systemUTC(), lines)) {
            return new Trainer<>(backend, task, plan, checkpoints, log)
                    .resume(batches)
                    .bestWeights();
        }
    }

    private Metrics finish(CaptionTask task, Parameters learned, Precision precision) throws IOException {
        if (!blind()) {
            save(learned);
        }
        CaptionEvaluation test = study.evaluation("test", blind());
        Metrics searched = task.score(test, SEARCH, learned, backend, precision);
        Metrics greedy = task.score(test, GenerationOptions.defaults(), learned, backend, precision);
        List<Metric> all = new ArrayList<>(searched.all());
        all.add(Metric.higher("greedy_cider", greedy.value("cider")));
        return new Metrics(all, searched.judge());
    }

    /** A captioner of photographs: what was learned, behind the encoder that made the features. */
    private void save(Parameters learned) throws IOException {
        try (PretrainedEncoder pretrained = PretrainedEncoder.open(encoder)) {
            TrainableCaptioner whole =
                    kind.of(pretrained.encoder(), study.vocabulary().size());
            Parameters.Builder all = Parameters.builder();
            learned.names().forEach(name -> all.add(name, learned.tensor(name)));
            String below = CaptionerModel.VISION + "." + ProjectedEncoder.ENCODER + ".";
            Parameters known = pretrained.parameters();
            known.names().forEach(name -> all.add(below + name, known.tensor(name)));
            CaptionerWriter.saveDescription(
                    own(),
                    whole,
                    study.vocabulary(),
                    ProcessorFiles.preprocessorConfig(encoder, 0).orElseThrow());
            CaptionerWriter.saveWeights(own(), whole, all.build());
        }
    }
}
