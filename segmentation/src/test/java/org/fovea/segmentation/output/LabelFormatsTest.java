package org.fovea.segmentation.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import mil.nga.tiff.FileDirectory;
import mil.nga.tiff.Rasters;
import mil.nga.tiff.TiffReader;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.tile.TiffDirectory;
import org.fovea.segmentation.tile.TiffFiles;
import org.fovea.segmentation.tile.TiffRegions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of labels, read back by libraries that did not write them. */
class LabelFormatsTest {
    @TempDir
    Path folder;

    private static LabelMask random(int height, int width, int largest) {
        Random random = new Random(largest);
        char[] labels = new char[height * width];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (char) (i % 7 == 0 ? random.nextInt(largest + 1) : i == 0 ? 0 : labels[i - 1]);
        }
        return LabelMask.of(height, width, labels);
    }

    @Test
    void pngHasTheLabels() throws IOException {
        for (int largest : new int[] {4, 255, 256, 65_535}) {
            LabelMask mask = random(37, 53, largest);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (LabelPng png = LabelPng.gray(out, 37, 53, largest)) {
                png.all(mask);
            }
            assertEquals(mask, LabelFiles.decode(out.toByteArray(), "png"));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
            assertEquals(largest < 256 ? 8 : 16, image.getColorModel().getPixelSize());
        }
    }

    @Test
    void pngHasTheColorsOfThePalette() throws IOException {
        LabelMask mask = random(11, 300, 255);
        Palette palette = new Palette(List.of(0x102030, 0xff00fe));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LabelPng png = LabelPng.indexed(out, 11, 300, palette)) {
            png.all(mask);
        }
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
        for (int y = 0; y < 11; y++) {
            for (int x = 0; x < 300; x++) {
                assertEquals(palette.color(mask.label(y, x)), image.getRGB(x, y) & 0xffffff);
                assertEquals(mask.label(y, x), image.getRaster().getSample(x, y, 0));
            }
        }
    }

    @Test
    void stableColorsAreThoseOfPascalVoc() {
        int[] expected = {0, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080, 0x400000};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], Palette.stable().color(i));
        }
    }

    @Test
    void geoTiffLiesWhereItsImageDoes() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (int largest : new int[] {9, 1000}) {
                RgbImage image = RgbImage.of(301, 47, new byte[3 * 301 * 47]);
                Path source = TiffFiles.write(folder.resolve("source.tif"), image, 32, order, TiffFiles.GEOGRAPHIC);
                LabelMask mask = random(301, 47, largest);
                Path file = folder.resolve("labels" + largest + order + ".tif");
                try (FileChannel channel =
                                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                        LabelTiff tiff = new LabelTiff(channel, 301, 47, largest, TiffDirectory.read(source))) {
                    tiff.all(mask);
                }
                assertSame(mask, TiffReader.readTiff(file.toFile()).getFileDirectory());
                assertTags(
                        TiffReader.readTiff(source.toFile()).getFileDirectory(),
                        TiffReader.readTiff(file.toFile()).getFileDirectory());
                try (TiffRegions own = TiffRegions.open(file)) { // a second independent decoder
                    assertEquals(301, own.read(0, 0, 301, 47).height());
                }
            }
        }
    }

    private static void assertSame(LabelMask mask, FileDirectory directory) {
        Rasters rasters = directory.readRasters();
        assertEquals(mask.height(), rasters.getHeight());
        assertEquals(mask.width(), rasters.getWidth());
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                assertEquals(mask.label(y, x), rasters.getPixel(x, y)[0].intValue());
            }
        }
    }

    private static void assertTags(FileDirectory source, FileDirectory copy) {
        for (int tag : TiffDirectory.GEOGRAPHIC) {
            var from = source.getEntries().stream()
                    .filter(e -> e.getFieldTag() != null && e.getFieldTag().getId() == tag)
                    .findFirst();
            var to = copy.getEntries().stream()
                    .filter(e -> e.getFieldTag() != null && e.getFieldTag().getId() == tag)
                    .findFirst();
            if (from.isEmpty()) {
                assertNull(to.orElse(null));
            } else {
                assertEquals(from.get().getFieldType(), to.orElseThrow().getFieldType(), "tag " + tag);
                assertEquals(from.get().getValues(), to.orElseThrow().getValues(), "tag " + tag);
            }
        }
        assertEquals(
                4,
                Map.copyOf(TiffFiles.GEOGRAPHIC).keySet().stream()
                        .filter(tag -> tag != 42113)
                        .count());
    }
}
