package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFilesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 65_535})
    void labelsSurviveAFile(int largest) {
        LabelMask mask = LabelMask.of(2, 3, new int[] {0, 1, 0, largest, 0, 0});
        byte[] png = LabelFiles.encode(mask);
        assertEquals(mask, LabelFiles.decode(png, "mask.png"));
        assertEquals(largest > 255 ? 16 : 8, png[24]);
    }

    @Test
    void palettesAndColorsAreRefused() throws IOException {
        assertRefused(
                png(BufferedImage.TYPE_BYTE_INDEXED), "got a palette, whose indices may be classes or mere colors");
        assertRefused(png(BufferedImage.TYPE_INT_RGB), "got colors; write the labels as such a file");
        assertRefused(png(BufferedImage.TYPE_BYTE_BINARY), "8 or 16 bits, got ");
    }

    @Test
    void otherFilesAreRefused() {
        byte[] png = LabelFiles.encode(LabelMask.of(8, 8, new int[64]));
        assertRefused(Arrays.copyOf(png, png.length - 20), "x.png");
        assertRefused(new byte[] {1, 2, 3}, "x.png");
        assertThrows(ImageException.class, () -> LabelFiles.read(Path.of("no-such-mask.png")));
    }

    private static void assertRefused(byte[] file, String part) {
        String text = assertThrows(ImageException.class, () -> LabelFiles.decode(file, "x.png"))
                .getMessage();
        assertTrue(text.contains(part), text);
    }

    private static byte[] png(int type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 4, type), "png", out);
        return out.toByteArray();
    }
}
