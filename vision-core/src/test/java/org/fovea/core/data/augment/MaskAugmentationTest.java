package org.fovea.core.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.LabeledBox;
import org.fovea.core.image.Orientation;
import org.fovea.core.image.Resampling;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks and boxes go where the image goes. */
class MaskAugmentationTest {
    private static final int HEIGHT = 40;
    private static final int WIDTH = 60;
    private static final int OUTSIDE = 255;
    /** The colors of the labels 0 to 5, and of the outside. */
    private static final int[] COLORS = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0xff00ff, 0x00ffff};

    /** Six fields, two rows of three, each in its label's color. */
    private static AnnotatedImage fields() {
        int[] labels = new int[HEIGHT * WIDTH];
        byte[] rgb = new byte[3 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = 3 * (i / WIDTH / (HEIGHT / 2)) + i % WIDTH / (WIDTH / 3);
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (COLORS[labels[i]] >> 16 - 8 * c);
            }
        }
        return new AnnotatedImage(
                RgbImage.of(HEIGHT, WIDTH, rgb),
                List.of(LabelMask.of(HEIGHT, WIDTH, labels).withOutside(OUTSIDE)),
                List.of(new LabeledBox(20, 20, 40, 40, 4)));
    }

    static List<Augmentation> geometric() {
        return List.of(
                new HorizontalFlip(0.5),
                new PaddedCrop(12),
                RandomResizedCrop.of(48, 0.2, 1),
                new RandomOrientation(1),
                new Resize(30, 90, Resampling.BILINEAR),
                changing(ImageTransform.ROTATE),
                changing(ImageTransform.SHEAR_X),
                changing(ImageTransform.SHEAR_Y),
                changing(ImageTransform.TRANSLATE_X),
                changing(ImageTransform.TRANSLATE_Y),
                Augmentation.sequence(List.of(
                        RandomResizedCrop.of(48, 0.2, 1),
                        new HorizontalFlip(0.5),
                        new ColorJitter(0, 0, 0, 0),
                        changing(ImageTransform.ROTATE))));
    }

    private static Augmentation changing(ImageTransform change) {
        return (sample, random) -> change.apply(sample, random.nextDouble(), MagnitudeRange.PAPER, 0, random);
    }

    /** Pixels whose neighbors have the same label, which no blending reaches: their color is the label's. */
    @ParameterizedTest
    @MethodSource("geometric")
    void maskMovesAsTheImageItIsPaintedOn(Augmentation augmentation) {
        int compared = 0;
        Set<LabelMask> masks = new HashSet<>();
        for (int seed = 0; seed < 30; seed++) {
            AnnotatedImage out = augmentation.apply(fields(), new SplittableRandom(seed));
            assertEquals(out.image(), augmentation.apply(fields().image(), new SplittableRandom(seed)));
            LabelMask mask = out.masks().get(0);
            masks.add(mask);
            for (int y = 3; y < mask.height() - 3; y++) {
                for (int x = 3; x < mask.width() - 3; x++) {
                    if (isAlone(mask, y, x)) {
                        compared++;
                        int label = mask.label(y, x);
                        assertEquals(
                                Integer.toHexString(label == OUTSIDE ? 0 : COLORS[label]),
                                Integer.toHexString(out.image().pixel(x, y)),
                                "label " + label + " at " + x + ", " + y + " of seed " + seed);
                    }
                }
            }
        }
        assertTrue(compared > 10_000, "compared " + compared);
        assertTrue(masks.size() > 1 || augmentation instanceof Resize);
    }

    private static boolean isAlone(LabelMask mask, int y, int x) {
        for (int v = y - 3; v <= y + 3; v++) {
            for (int u = x - 3; u <= x + 3; u++) {
                if (mask.label(v, u) != mask.label(y, x)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The box around field 4 stays around what is left of it; two movements one after the other round pixels twice. */
    @ParameterizedTest
    @MethodSource("geometric")
    void boxesStayAroundTheirObjects(Augmentation augmentation) {
        double slack = augmentation instanceof Sequence ? 0.75 : 1e-9;
        for (int seed = 0; seed < 30; seed++) {
            AnnotatedImage out = augmentation.apply(fields(), new SplittableRandom(seed));
            LabelMask mask = out.masks().get(0);
            for (int y = 0; y < mask.height(); y++) {
                for (int x = 0; x < mask.width(); x++) {
                    if (mask.label(y, x) == 4) {
                        LabeledBox box = out.boxes().get(0);
                        assertEquals(4, box.label());
                        assertTrue(
                                x + 0.5 >= box.left() - slack
                                        && x + 0.5 <= box.right() + slack
                                        && y + 0.5 >= box.top() - slack
                                        && y + 0.5 <= box.bottom() + slack,
                                box + " must hold " + x + ", " + y);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void orientationsAreExactForMasksAndBoxes(Orientation orientation) {
        AnnotatedImage out = fields().moved(Geometry.orientation(orientation, HEIGHT, WIDTH));
        LabelMask mask = out.masks().get(0);
        int count = 0;
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                assertEquals(COLORS[mask.label(y, x)], out.image().pixel(x, y));
                LabeledBox box = out.boxes().get(0);
                boolean inside = x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom();
                assertEquals(mask.label(y, x) == 4, inside);
                count += inside ? 1 : 0;
            }
        }
        assertEquals(400, count);
    }

    @Test
    void boxesThatLeaveTheImageAreLeftOut() {
        AnnotatedImage out = fields().moved(Geometry.shift(0, 45, HEIGHT, WIDTH));
        assertEquals(List.of(), out.boxes());
        AnnotatedImage part = fields().moved(Geometry.shift(0, 30, HEIGHT, WIDTH));
        assertEquals(List.of(new LabeledBox(0, 20, 10, 40, 4)), part.boxes());
        assertEquals(OUTSIDE, part.masks().get(0).label(0, WIDTH - 1));
    }

    @Test
    void colorsChangeTheImageAlone() {
        for (Augmentation photometric :
                List.of(new ColorJitter(0.5, 0.5, 0.5, 0.1), RandomErasing.of(1), changing(ImageTransform.INVERT))) {
            Set<RgbImage> images = new HashSet<>();
            for (int seed = 0; seed < 10; seed++) {
                AnnotatedImage out = photometric.apply(fields(), new SplittableRandom(seed));
                assertEquals(fields().masks(), out.masks());
                assertEquals(fields().boxes(), out.boxes());
                images.add(out.image());
            }
            images.remove(fields().image());
            assertFalse(images.isEmpty(), photometric.toString());
        }
    }

    @Test
    void masksOfAnotherSizeAreErrors() {
        LabelMask small = LabelMask.of(1, 2, new int[] {0, 1});
        RgbImage image = fields().image();
        String message = assertThrows(IllegalArgumentException.class, () -> AnnotatedImage.of(image, small))
                .getMessage();
        assertTrue(message.contains("must have the image's size, got mask 1 x 2 and RGB 40 x 60"), message);
        assertThrows(IllegalArgumentException.class, () -> LabelMask.of(1, 1, new int[] {65_536}));
    }
}
