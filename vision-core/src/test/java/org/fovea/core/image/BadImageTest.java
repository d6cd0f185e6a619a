package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadImageTest {
    private static final ImageDecoder DECODER = ImageDecoder.create();

    static java.util.stream.Stream<Path> images() throws IOException {
        return ImageDecoderTest.images();
    }

    @ParameterizedTest
    @MethodSource("images")
    void truncatedFileIsRefusedOrLosesNothing(Path image) throws IOException {
        byte[] whole = Files.readAllBytes(image);
        RgbImage want = DECODER.decode(whole, "whole");
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            try {
                assertEquals(want, DECODER.decode(Arrays.copyOf(whole, length), "cut"), "cut at " + length);
            } catch (ImageException e) {
                refused++;
            }
        }
        // What may be cut without loss: a few bytes of padding or metadata behind the pixels.
        assertTrue(refused >= 0.6 * whole.length, "refused " + refused + " of " + whole.length);
    }

    @ParameterizedTest
    @MethodSource("images")
    void damagedFileDecodesOrIsRefused(Path image) throws IOException {
        byte[] whole = Files.readAllBytes(image);
        Random random = new Random(whole.length);
        for (int i = 0; i < 150; i++) {
            byte[] bad = whole.clone();
            int hits = 1 + random.nextInt(3);
            for (int h = 0; h < hits; h++) {
                int range = random.nextBoolean() ? Math.min(64, bad.length) : bad.length;
                bad[random.nextInt(range)] = (byte) random.nextInt(256);
            }
            try {
                RgbImage decoded = DECODER.withMaxPixels(1_000_000).decode(bad, "bad");
                assertTrue((long) decoded.height() * decoded.width() <= 1_000_000);
            } catch (ImageException e) {
                assertEquals("bad", e.source());
            }
        }
    }

    @Test
    void emptyFileIsRefused() {
        assertRefused(new byte[0], "must not be empty");
    }

    @Test
    void textIsRefused() {
        assertRefused("hello, world".getBytes(StandardCharsets.UTF_8), "got one that begins with the bytes 68 65 6c");
    }

    @Test
    void heicIsRefusedByName() {
        assertRefused("\0\0\0\u0018ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1), "HEIC");
    }

    @Test
    void missingFileAndDirectoryAreNamed(@TempDir Path directory) {
        Path missing = directory.resolve("no.png");
        var noFile = assertThrows(ImageException.class, () -> DECODER.decode(missing));
        assertTrue(noFile.getMessage().startsWith(missing + ": there is no such file"), noFile.getMessage());
        var folder = assertThrows(ImageException.class, () -> DECODER.decode(directory));
        assertTrue(folder.getMessage().contains("directory"), folder.getMessage());
    }

    @Test
    void pixelLimitHoldsBeforeDecoding() throws IOException {
        byte[] png = resized(read("rgba.png"), 30_000, 30_000);
        assertRefused(png, "at most 178956970 pixels, got 30000 rows x 30000 columns");
    }

    @Test
    void pixelLimitCanBeChosen() throws IOException {
        byte[] jpeg = read("rgb.jpg");
        var e = assertThrows(
                ImageException.class, () -> DECODER.withMaxPixels(272).decode(jpeg, "x"));
        assertTrue(e.getMessage().contains("at most 272 pixels, got 13 rows x 21 columns"), e.getMessage());
        assertEquals(13, DECODER.withMaxPixels(273).decode(jpeg, "x").height());
    }

    @Test
    void pngWhoseHeaderLiesIsRefused() throws IOException {
        assertRefused(resized(read("rgba.png"), 12_000, 12_000), "compressed data cannot hold");
        assertRefused(resized(read("rgba.png"), 0, 21), "at least one row");
        assertRefused(resized(read("rgba.png"), 14, 21), "PNG data does not decode");
    }

    @Test
    void jpegWhoseHeaderLiesIsRefused() throws IOException {
        byte[] jpeg = read("rgb.jpg");
        for (int i = 0; i < jpeg.length - 8; i++) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
                ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 13_000).putShort(i + 7, (short) 13_000);
            }
        }
        assertRefused(jpeg, "compressed data cannot hold");
    }

    @Test
    void pngWithWrongChecksumIsRefused() throws IOException {
        byte[] png = read("rgba.png");
        png[60] ^= 1;
        assertRefused(png, "checksum");
    }

    @Test
    void jpegWithoutItsEndIsRefused() throws IOException {
        byte[] jpeg = read("rgb.jpg");
        assertRefused(Arrays.copyOf(jpeg, jpeg.length - 2), "truncated");
    }

    @Test
    void trailingBytesDoNoHarm() throws IOException {
        for (String name : new String[] {"rgb.jpg", "rgba.png", "lossy.webp", "palette.gif"}) {
            byte[] file = read(name);
            assertEquals(DECODER.decode(file, name), DECODER.decode(Arrays.copyOf(file, file.length + 99), name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.jpg", "palette.gif", "grey16.tif"})
    void streamIsReadLikeAFile(String name) throws IOException {
        byte[] file = read(name);
        assertEquals(DECODER.decode(file, name), DECODER.decode(new ByteArrayInputStream(file), name));
    }

    private static void assertRefused(byte[] file, String part) {
        var e = assertThrows(ImageException.class, () -> DECODER.decode(file, "some.file"));
        assertTrue(e.getMessage().startsWith("some.file: "), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private static byte[] read(String name) throws IOException {
        return Files.readAllBytes(FixtureFiles.resource("/images/" + name));
    }

    /** The PNG with another size in its header, and the header's checksum made to fit. */
    private static byte[] resized(byte[] png, int height, int width) {
        ByteBuffer b = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        return b.putInt(29, (int) crc.getValue()).array();
    }
}
