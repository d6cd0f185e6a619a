package org.fovea.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.segmentation.mask.ScoreMap;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.mask.SegmentedRows;
import org.fovea.segmentation.model.Augmentation;
import org.fovea.segmentation.tile.RegionSource;
import org.fovea.segmentation.tile.TileOptions;
import org.junit.jupiter.api.Test;

class ImageSegmenterTest {
    private static final Path MODEL = FixtureFiles.of("segformer");
    private static final Path IMAGE = MODEL.resolve("image.png");
    private static final RgbImage PICTURE = ImageDecoder.create().decode(IMAGE);

    private static RgbImage part(int height, int width) {
        return RegionSource.of(PICTURE).read(0, 0, height, width);
    }

    @Test
    void manyImagesGetWhatEachGetsAlone() {
        List<RgbImage> images = List.of(PICTURE, part(60, 40), part(33, 150), part(100, 7), part(1, 1));
        try (ImageSegmenter segmenter =
                ImageSegmenter.load(MODEL, SegmenterOptions.defaults().withBatch(2))) {
            List<Segmentation> together = segmenter.segmentAll(images);
            for (int i = 0; i < images.size(); i++) {
                assertEquals(images.get(i).height(), together.get(i).classes().height());
                assertEquals(images.get(i).width(), together.get(i).classes().width());
                long area = together.get(i).segments().stream()
                        .mapToLong(Segment::area)
                        .sum();
                assertEquals(together.get(i).pixels(), area);
                assertTrue(share(
                                together.get(i).classes(),
                                segmenter.segment(images.get(i)).classes())
                        > 0.99);
            }
        }
    }

    /** The share of pixels that have the same label. */
    private static double share(LabelMask a, LabelMask b) {
        int same = 0;
        for (int y = 0; y < a.height(); y++) {
            for (int x = 0; x < a.width(); x++) {
                same += a.label(y, x) == b.label(y, x) ? 1 : 0;
            }
        }
        return (double) same / (a.height() * a.width());
    }

    @Test
    void anUnreadableFileIsAnOutcomeOfItsOwn() {
        try (ImageSegmenter segmenter = ImageSegmenter.load(MODEL)) {
            List<Outcome<Path, SegmentedImage>> all =
                    segmenter.segmentFiles(List.of(IMAGE, MODEL.resolve("config.json"), IMAGE));
            assertTrue(all.get(1) instanceof Outcome.Failed);
            assertEquals(all.get(0).get().segmentation(), all.get(2).get().segmentation());
        }
    }

    @Test
    void anImageReadInPartsGetsWhatItGetsWhole() {
        SegmenterOptions tiles = SegmenterOptions.defaults().withTiles(new TileOptions(64, 0.5));
        try (ImageSegmenter segmenter = ImageSegmenter.load(MODEL, tiles)) {
            Segmentation whole = segmenter.segment(PICTURE);
            char[] all = new char[100 * 150];
            SegmentedRows figures = segmenter.segment(
                    RegionSource.of(PICTURE), (y, labels, scores) -> System.arraycopy(labels, 0, all, 150 * y, 150));
            assertEquals(whole.classes(), LabelMask.of(100, 150, all));
            assertEquals(new SegmentedRows(whole.segments(), Optional.empty()), figures);
        }
    }

    @Test
    void aSingleTileIsTheWholeImage() {
        RgbImage square = part(64, 64);
        SegmenterOptions tiles = SegmenterOptions.defaults().withTiles(TileOptions.of(64));
        try (ImageSegmenter whole = ImageSegmenter.load(MODEL);
                ImageSegmenter tiled = ImageSegmenter.load(MODEL, tiles)) {
            ScoreMap expected = whole.scores(square);
            ScoreMap actual = tiled.scores(square);
            for (int k = 0; k < expected.outputs(); k++) {
                assertArrayEquals(expected.atPixels(k, 64, 64), actual.atPixels(k, 64, 64), 1e-4f);
            }
        }
    }

    @Test
    void augmentationIsTheMeanOverVersions() {
        try (ImageSegmenter plain = ImageSegmenter.load(MODEL);
                ImageSegmenter flipped = ImageSegmenter.load(
                        MODEL, SegmenterOptions.defaults().withAugmentation(new Augmentation(true, List.of(1.0))))) {
            RgbImage square = part(64, 64);
            byte[] mirror = new byte[3 * 64 * 64];
            for (int i = 0; i < 64 * 64; i++) {
                int rgb = square.pixel(63 - i % 64, i / 64);
                mirror[3 * i] = (byte) (rgb >> 16);
                mirror[3 * i + 1] = (byte) (rgb >> 8);
                mirror[3 * i + 2] = (byte) rgb;
            }
            ScoreMap own = plain.scores(square);
            ScoreMap mirrored = plain.scores(RgbImage.of(64, 64, mirror));
            ScoreMap mean = flipped.scores(square);
            for (int k = 0; k < own.outputs(); k++) {
                for (int c = 0; c < own.columns(); c++) {
                    float expected = (own.at(k, 3, c) + mirrored.at(k, 3, own.columns() - 1 - c)) / 2;
                    assertEquals(expected, mean.at(k, 3, c), 1e-4);
                }
            }
        }
    }

    @Test
    void anExplanationSaysWhereThePlaceOfAPixelLooked() {
        try (ImageSegmenter segmenter = ImageSegmenter.load(MODEL)) {
            SegmentationExplanation why = segmenter.explain(PICTURE);
            assertEquals(segmenter.segment(PICTURE), why.segmentation());
            assertEquals(6, why.layers().size());
            // the reference's attentions.3: 2 heads, 4 x 4 places that look at 2 x 2; pixel (80, 30) is in row 1,
            // column 2
            float[] expected =
                    FixtureFiles.expected("segformer").get("attentions.3").toFloats();
            float[] map = why.map(3, 80, 30).toFloats();
            for (int i = 0; i < 4; i++) {
                assertEquals((expected[6 * 4 + i] + expected[(16 + 6) * 4 + i]) / 2, map[i], 1e-4);
            }
            assertEquals(PICTURE.height(), why.draw(why.map(0, 0, 99)).height());
            assertThrows(IllegalArgumentException.class, () -> why.map(0, 150, 0));
            assertThrows(IllegalArgumentException.class, () -> why.channels(0));
        }
    }

    @Test
    void aTileMustSuitTheModel() {
        String text = assertThrows(
                        IllegalArgumentException.class,
                        () -> ImageSegmenter.load(
                                MODEL, SegmenterOptions.defaults().withTiles(TileOptions.of(50))))
                .getMessage();
        assertEquals("ImageSegmenter: the side of a tile must be a multiple of 32 for this model, got 50", text);
    }

    @Test
    void aClosedSegmenterSaysSo() {
        ImageSegmenter segmenter = ImageSegmenter.load(MODEL);
        segmenter.close();
        segmenter.close();
        assertThrows(IllegalStateException.class, () -> segmenter.segment(IMAGE));
        assertTrue(new ArrayList<>(segmenter.labels()).contains("cat"));
    }
}
