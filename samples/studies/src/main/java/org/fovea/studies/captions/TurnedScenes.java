package org.fovea.studies.captions;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fovea.captioning.train.CaptionBatch;
import org.fovea.captioning.train.CaptionEvaluation;
import org.fovea.captioning.train.SceneBatches;
import org.fovea.captioning.train.WrittenCaption;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.PrefetchedSource;
import org.fovea.core.data.scenes.CaptionTruth;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;

/**
 * Scenes as cards on a dark table, turned, made smaller and shifted at random; captions are those of the card. The same number
 * gives the same picture.
 */
record TurnedScenes(SceneDataset scenes) {
    private static final double DEGREES = 40;
    private static final double SMALLEST = 0.55;
    private static final double LARGEST = 0.7;
    private static final Color TABLE = new Color(0x40, 0x3a, 0x36);

    /** Batches that never repeat a scene. */
    BatchSource<CaptionBatch> endless(int batch, int batches) {
        return new PrefetchedSource<>(
                batch,
                batches,
                1,
                epoch -> number -> SceneBatches.of(samples(((long) epoch * batches + number) * batch, batch)));
    }

    /** Some scenes. */
    List<SceneSample> samples(long first, int count) {
        return IntStream.range(0, count).mapToObj(i -> drawn(first + i)).toList();
    }

    /** One scene: what is in it as it was drawn, its picture as it lies. */
    SceneSample drawn(long number) {
        SceneSample straight = scenes.drawn(number);
        return new SceneSample(
                straight.scene(),
                laid(straight.picture(), place(straight, straight.picture().height())),
                straight.captions());
    }

    /** The way from pixels of a scene as it was drawn to those of its picture as it lies. */
    static AffineTransform place(SceneSample sample, int pixels) {
        RandomGenerator random = new SplittableRandom(~sample.scene().seed() * 31);
        double turn = Math.toRadians(DEGREES * (2 * random.nextDouble() - 1));
        double scale = SMALLEST + (LARGEST - SMALLEST) * random.nextDouble();
        double half = scale / 2 * (Math.cos(turn) + Math.abs(Math.sin(turn))); // of the turned card's extent
        double room = Math.max(0, 0.5 - half) * pixels;
        AffineTransform place = AffineTransform.getTranslateInstance(
                pixels / 2.0 + room * (2 * random.nextDouble() - 1),
                pixels / 2.0 + room * (2 * random.nextDouble() - 1));
        place.rotate(turn);
        place.scale(scale, scale);
        place.translate(-pixels / 2.0, -pixels / 2.0);
        return place;
    }

    private static RgbImage laid(RgbImage card, AffineTransform place) {
        int pixels = card.height();
        BufferedImage out = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        try {
            graphics.setColor(TABLE);
            graphics.fillRect(0, 0, pixels, pixels);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(card.toBufferedImage(), place, null);
        } finally {
            graphics.dispose();
        }
        return RgbImage.from(out);
    }

    /**
     * The share of true captions.
     *
     * @param heldOut scenes of combinations never seen
     */
    CaptionEvaluation truth(TurnedScenes heldOut) {
        return writer -> new Metrics(
                List.of(Metric.higher("truth", truth(writer)), Metric.higher("held_out_truth", heldOut.truth(writer))),
                "truth");
    }

    private double truth(CaptionEvaluation.Writer writer) {
        List<SceneSample> samples = samples(0, scenes.size());
        List<WrittenCaption> captions = writer.write(SceneBatches.of(samples).pixels());
        return IntStream.range(0, samples.size())
                .mapToDouble(i -> CaptionTruth.isTrue(
                                samples.get(i).scene(), captions.get(i).text())
                        ? 1
                        : 0)
                .average()
                .orElseThrow();
    }
}
