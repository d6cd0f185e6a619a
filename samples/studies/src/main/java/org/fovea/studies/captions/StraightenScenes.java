package org.fovea.studies.captions;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.captioning.train.CaptionBatch;
import org.fovea.captioning.train.CaptionObjective;
import org.fovea.captioning.train.CaptionTask;
import org.fovea.captioning.train.SceneBatches;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.StraightenedEncoder;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.ProgressLines;
import org.fovea.vit.model.ConvEncoder;

/**
 * Teaches a captioner of straight scenes those that lie turned, smaller and shifted, with a spatial transformer before its encoder or
 * without. Draws what the transformer makes of some pictures.
 *
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015</a>
 */
public final class StraightenScenes {
    private static final String FRONT = CaptionerModel.VISION + "." + StraightenedEncoder.FRONT;
    private static final double FRONT_RATE = 0.2; // all pixels depend on it
    private static final long TEST_SEED = 6000;
    private static final int DRAWN = 8;

    private StraightenScenes() {}

    /**
     * Trains.
     *
     * @param args the folder; {@code with} or {@code without}; hundreds of updates, a multiple of 4; the folder of a captioner that
     *     {@link CaptionScenes} trained; optionally the seed (1)
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        boolean straightens = args[1].equals("with");
        int epochs = Integer.parseInt(args[2]) * 100 / SceneStudy.UPDATES;
        long seed = args.length > 4 ? Long.parseLong(args[4]) : 1;
        try (PretrainedCaptioner start = PretrainedCaptioner.open(Path.of(args[3]))) {
            run(Path.of(args[0]), straightens, epochs, seed, start.parameters());
        }
    }

    private static void run(Path folder, boolean straightens, int epochs, long seed, Parameters start)
            throws IOException {
        Backend backend = Backends.automatic();
        Precision precision = SceneStudy.precision(backend);
        WordVocabulary words = SceneStudy.vocabulary();
        VisionEncoder plain = new ConvEncoder(SceneStudy.PIXELS, SceneStudy.WIDTH);
        VisionEncoder encoder = straightens ? new StraightenedEncoder(SpatialFront.AFFINE, plain) : plain;
        ShowAttendTell model =
                new ShowAttendTell(encoder, words.size(), SceneStudy.LENGTH, 128, 256, 128, Looking.SOFT);
        CaptionerWriter.saveDescription(folder, model, words);
        CaptionTask task = new CaptionTask(
                model,
                words,
                SceneStudy.IMAGES,
                SceneStudy.CAPTIONS,
                DropRates.none(),
                CaptionObjective.likelihood(),
                turned(Combinations.SEEN).truth(turned(Combinations.HELD_OUT)),
                Optional.of(start),
                seed);
        Checkpoints checkpoints =
                Checkpoints.in(folder.resolve("checkpoints"), 1, SceneStudy.CHECKPOINT_UPDATES, "turned " + epochs);
        TurnedScenes scenes = new TurnedScenes(SceneStudy.scenes(seed, SceneStudy.CAPTIONS));
        ParameterPolicy policy = ParameterPolicy.standard().scaled(name -> name.startsWith(FRONT) ? FRONT_RATE : 1);
        try (BatchSource<CaptionBatch> batches = scenes.endless(SceneStudy.IMAGES, SceneStudy.UPDATES);
                RunLog log = new RunLog(folder, Clock.systemUTC(), new ProgressLines())) {
            TrainingResult result = new Trainer<>(
                            backend,
                            task,
                            SceneStudy.plan(epochs, seed)
                                    .policy(policy)
                                    .precision(precision)
                                    .build(),
                            checkpoints,
                            log)
                    .resume(batches);
            CaptionerWriter.saveWeights(folder, model, result.bestWeights());
            System.out.println(ProgressLines.text(result.last()));
            if (straightens) {
                draw(backend, result.bestWeights(), folder.resolve("straightened.png"));
            }
        }
    }

    private static TurnedScenes turned(Combinations combinations) {
        SceneOptions options = SceneOptions.defaults().with(combinations);
        return new TurnedScenes(
                new SceneDataset(options, TEST_SEED + combinations.ordinal(), 500, SceneStudy.PIXELS, 1));
    }

    /** Draws pictures above what the front makes of them. */
    private static void draw(Backend backend, Parameters weights, Path file) throws IOException {
        List<SceneSample> samples = turned(Combinations.SEEN).samples(0, DRAWN);
        int pixels = SceneStudy.PIXELS;
        Graph graph = new Graph();
        Value picture = graph.input(CaptionerModel.PIXELS, DRAWN, 3, pixels, pixels);
        Scope scope = Scope.of(graph).child(CaptionerModel.VISION).child(StraightenedEncoder.FRONT);
        graph.output("straightened", SpatialFront.AFFINE.build(scope, picture).image());
        try (Program program = backend.compile(graph, weights, Precision.F32)) {
            Tensor seen = program.run(Map.of(
                            CaptionerModel.PIXELS, SceneBatches.of(samples).pixels()))
                    .get("straightened");
            BufferedImage sheet = new BufferedImage(DRAWN * pixels, 2 * pixels, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = sheet.createGraphics();
            for (int i = 0; i < DRAWN; i++) {
                graphics.drawImage(samples.get(i).picture().toBufferedImage(), i * pixels, 0, null);
                graphics.drawImage(
                        picture(seen.rows(i, i + 1).toFloats(), pixels).toBufferedImage(), i * pixels, pixels, null);
            }
            graphics.dispose();
            RgbImage.from(sheet).writePng(file);
        }
    }

    /** A picture of values from -1 to 1, {@code [3, H, W]}. */
    private static RgbImage picture(float[] values, int pixels) {
        byte[] rgb = new byte[values.length];
        int plane = pixels * pixels;
        for (int i = 0; i < rgb.length; i++) {
            float value = (values[i % 3 * plane + i / 3] + 1) * 127.5f;
            rgb[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
        }
        return RgbImage.of(pixels, pixels, rgb);
    }
}
