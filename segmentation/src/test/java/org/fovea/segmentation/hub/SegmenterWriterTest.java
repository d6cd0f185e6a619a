package org.fovea.segmentation.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.Mode;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmentationExplanation;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.ScoreMap;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.mask.SegmentedRows;
import org.fovea.segmentation.model.AttentionLayout;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.model.PixelMaps;
import org.fovea.segmentation.model.PixelPredictor;
import org.fovea.segmentation.model.PixelSegmenter;
import org.fovea.segmentation.tile.RegionSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmenterWriterTest {
    private static final Watershed RULES = new Watershed(0.5, 0.2, 1, 0);
    private static final int TILE = 32;

    @TempDir
    Path folder;

    private AttentionUNet save(FeatureAttention attention, boolean distance) throws IOException {
        AttentionUNet model = new AttentionUNet(List.of(8, 16), attention, 2, distance);
        SegmenterWriter.save(folder, model, model.initial(1), List.of("background", "nucleus"), RULES, TILE);
        return model;
    }

    private static RgbImage noise(int height, int width) {
        byte[] rgb = new byte[3 * height * width];
        new SplittableRandom(2).nextBytes(rgb);
        return RgbImage.of(height, width, rgb);
    }

    /** A saved model gives what the model gave. */
    @Test
    void aSavedModelIsTheModel() throws IOException {
        AttentionUNet model = save(FeatureAttention.SE, true);
        RgbImage image = noise(TILE, TILE);
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder);
                PixelPredictor predictor =
                        new PixelPredictor(model, OneDnnBackend.create(), model.initial(1), Precision.F32)) {
            PixelMaps maps = predictor.predict(image);
            ScoreMap scores = segmenter.scores(image);
            float[] foreground = maps.foreground();
            for (int i = 0; i < foreground.length; i++) {
                float logit = scores.at(1, i / TILE, i % TILE) - scores.at(0, i / TILE, i % TILE);
                assertEquals(foreground[i], 1 / (1 + Math.exp(-logit)), 1e-5);
            }
        }
    }

    /** Objects cover the mask of their class and have figures of their own. */
    @Test
    void objectsAreInstances() throws IOException {
        save(FeatureAttention.NONE, true);
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder)) {
            Segmentation result = segmenter.segment(noise(40, 50));
            Instances instances = result.instances().orElseThrow();
            long inside = 0;
            for (int i = 0; i < 40 * 50; i++) {
                boolean object = instances.ids().label(i / 50, i % 50) > 0;
                assertEquals(object ? 1 : 0, result.classes().label(i / 50, i % 50));
                inside += object ? 1 : 0;
            }
            assertEquals(
                    inside,
                    instances.objects().stream().mapToLong(Segment::area).sum());
            instances.objects().forEach(object -> assertEquals("nucleus", object.label()));
        }
    }

    /** An image that is read in parts gets the pixels, classes and objects of the whole one. */
    @Test
    void objectsByRowsAreThoseOfTheWholeImage() throws IOException {
        save(FeatureAttention.SE, true);
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder)) {
            RgbImage image = noise(70, 50);
            Segmentation whole = segmenter.segment(image);
            int[] classes = new int[70 * 50];
            SegmentedRows rows = segmenter.segment(RegionSource.of(image), (y, labels, scores) -> {
                for (int x = 0; x < 50; x++) {
                    classes[50 * y + x] = labels[x];
                }
            });
            assertEquals(whole.classes(), LabelMask.of(70, 50, classes));
            assertEquals(whole.segments(), rows.segments());
            assertEquals(whole.objects(), rows.objects().orElseThrow());
            assertTrue(rows.all().size() > 1, rows.toString());
        }
    }

    @Test
    void aModelWithoutDistanceHasClassesAlone() throws IOException {
        save(FeatureAttention.ECA, false);
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder)) {
            assertTrue(segmenter.segment(noise(20, 30)).instances().isEmpty());
        }
    }

    /** The weights of every mechanism have the axes that their layout tells, and shares sum to 1. */
    @ParameterizedTest
    @EnumSource(FeatureAttention.class)
    void attentionHasItsLayout(FeatureAttention attention) {
        AttentionUNet network = new AttentionUNet(List.of(8, 16), attention, 2, true);
        PixelSegmenter model = new PixelSegmenter(network, 16, 24);
        float[] pixels = new float[3 * 16 * 24];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 7 / 7f;
        }
        Map<String, Tensor> out;
        try (Program program = OneDnnBackend.create()
                .compile(model.graph(Mode.INFERENCE, 1, true), network.initial(1), Precision.F32)) {
            out = program.run(Map.of("pixel_values", Tensor.of(pixels, 1, 3, 16, 24)));
        }
        List<AttentionLayout> layouts = model.attentions();
        long count = out.keySet().stream()
                .filter(name -> name.startsWith("attentions."))
                .count();
        assertEquals(layouts.size(), count);
        for (int i = 0; i < layouts.size(); i++) {
            check(layouts.get(i), out.get("attentions." + i));
        }
    }

    private static void check(AttentionLayout layout, Tensor weights) {
        int queries = layout.queries().places();
        if (layout.kind() != AttentionLayout.Kind.PLACES) {
            assertEquals(queries, weights.shape().dim(1));
            return;
        }
        int keys = layout.keys().places();
        assertEquals(queries, weights.shape().dim(2));
        assertEquals(keys, weights.shape().dim(3));
        float[] all = weights.toFloats();
        for (int row = 0; row < all.length / keys; row++) {
            double sum = 0;
            for (int k = 0; k < keys; k++) {
                sum += all[row * keys + k];
            }
            assertEquals(1, sum, 1e-4);
        }
    }

    /** Gates and shares of every mechanism can be drawn; a model without attention has the image alone. */
    @ParameterizedTest
    @EnumSource(FeatureAttention.class)
    void attentionIsDrawn(FeatureAttention attention) throws IOException {
        save(attention, true);
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder)) {
            SegmentationExplanation why = segmenter.explain(noise(20, 30));
            RgbImage figure = why.draw(3, 4);
            assertTrue(figure.width() >= 280 * Math.min(5, 1 + why.layers().size()), figure.toString());
            assertThrows(IllegalArgumentException.class, () -> why.draw(30, 4));
            assertThrows(
                    IllegalArgumentException.class, () -> why.draw(why.layers().size(), 3, 4));
        }
    }

    @Test
    void wrongFilesAreRefused() throws IOException {
        AttentionUNet model = save(FeatureAttention.NONE, true);
        assertThrows(
                IllegalArgumentException.class,
                () -> SegmenterWriter.save(folder, model, model.initial(1), List.of("one"), RULES, TILE));
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"none\"", "\"nothing\""));
        String text = assertThrows(ModelFormatException.class, () -> ImageSegmenter.load(folder))
                .getMessage();
        assertTrue(text.contains("attention") && text.contains("must be one of [none, se,"), text);
    }
}
