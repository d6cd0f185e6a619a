package org.fovea.core.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.fovea.core.image.Resampling;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    static List<Augmentation> all() {
        return List.of(
                new HorizontalFlip(0.5),
                new PaddedCrop(4),
                RandomResizedCrop.of(12, 0.2, 1),
                new ColorJitter(0.4, 0.4, 0.4, 0.1),
                RandAugment.paper(2, 15),
                RandAugment.timm("rand-m9-mstd0.5-inc1"),
                AutoAugment.cifar10(),
                new TrivialAugment(0),
                RandomErasing.of(0.9),
                new RandomGrayscale(0.5));
    }

    private static RgbImage noise() {
        byte[] samples = new byte[3 * 12 * 12];
        new SplittableRandom(5).nextBytes(samples);
        return RgbImage.of(12, 12, samples);
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameSeedSameImageOtherSeedsOthers(Augmentation augmentation) {
        RgbImage image = noise();
        byte[] before = image.toBytes();
        Set<RgbImage> results = new HashSet<>();
        for (int seed = 0; seed < 40; seed++) {
            RgbImage out = augmentation.apply(image, new SplittableRandom(seed));
            assertEquals(out, augmentation.apply(image, new SplittableRandom(seed)));
            assertEquals(12, out.height());
            assertEquals(12, out.width());
            results.add(out);
        }
        assertTrue(results.size() > 1);
        assertArrayEquals(before, image.toBytes());
    }

    private static RgbImage gray(int width, int... levels) {
        byte[] samples = new byte[3 * levels.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) levels[i / 3];
        }
        return RgbImage.of(levels.length / width, width, samples);
    }

    @Test
    void flipMirrors() {
        assertEquals(
                gray(3, 3, 2, 1, 6, 5, 4),
                new HorizontalFlip(1).apply(gray(3, 1, 2, 3, 4, 5, 6), new SplittableRandom(1)));
    }

    @Test
    void randomOrientationGivesEachOfTheEightWays() {
        SplittableRandom random = new SplittableRandom(1);
        Set<RgbImage> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            seen.add(new RandomOrientation(1).apply(gray(2, 1, 2, 3, 4), random));
        }
        assertEquals(8, seen.size());
        assertTrue(seen.contains(gray(2, 3, 1, 4, 2))); // a quarter turn clockwise
    }

    @Test
    void paddedCropMovesIntoBlack() {
        RgbImage image = gray(3, 1, 2, 3, 4, 5, 6);
        assertEquals(gray(3, 5, 6, 0, 0, 0, 0), PaddedCrop.shifted(image, 1, 1));
        assertEquals(gray(3, 0, 0, 0, 0, 1, 2), PaddedCrop.shifted(image, -1, -1));
        assertEquals(gray(3, 0, 0, 0, 0, 0, 0), PaddedCrop.shifted(image, 0, 4));
        assertEquals(image, new PaddedCrop(0).apply(image, new SplittableRandom(1)));
    }

    @Test
    void resizedCropOfEverythingIsTheImage() {
        RandomResizedCrop whole = new RandomResizedCrop(12, 12, 1, 1, 1, 1, List.of(Resampling.BICUBIC));
        assertEquals(noise(), whole.apply(noise(), new SplittableRandom(1)));
        RgbImage strip = gray(6, 1, 2, 3, 4, 5, 6);
        RandomResizedCrop one = new RandomResizedCrop(1, 1, 1, 1, 1, 1, List.of(Resampling.NEAREST));
        assertEquals(gray(1, 3), one.apply(strip, new SplittableRandom(1)));
    }

    @Test
    void erasingCoversItsShare() {
        RgbImage black = RgbImage.of(40, 40, new byte[4800]);
        for (int seed = 0; seed < 20; seed++) {
            byte[] out = new RandomErasing(1, 0.2, 0.2)
                    .apply(black, new SplittableRandom(seed))
                    .toBytes();
            int covered = 0;
            for (int i = 0; i < out.length; i += 3) {
                covered += out[i] != 0 || out[i + 1] != 0 || out[i + 2] != 0 ? 1 : 0;
            }
            assertEquals(0.2, covered / 1600.0, 0.02);
        }
    }

    @Test
    void jitterOfNothingChangesNothing() {
        assertEquals(noise(), new ColorJitter(0, 0, 0, 0).apply(noise(), new SplittableRandom(1)));
        assertNotEquals(noise(), new ColorJitter(0, 0, 0, 0.5).apply(noise(), new SplittableRandom(1)));
    }

    @Test
    void grayIsTheLumaInAllChannels() {
        RgbImage color = RgbImage.of(1, 1, new byte[] {(byte) 200, 50, 100}); // 0.299 · 200 + 0.587 · 50 + 0.114 · 100
        assertEquals(
                0x656565,
                new RandomGrayscale(1).apply(color, new SplittableRandom(1)).pixel(0, 0));
        assertEquals(color, new RandomGrayscale(0).apply(color, new SplittableRandom(1)));
    }

    @Test
    void hueTurnsTheCircle() {
        RgbImage red = RgbImage.of(1, 1, new byte[] {(byte) 200, 50, 50});
        assertEquals(0x32c832, Hue.turn(red, 1.0 / 3).pixel(0, 0));
        assertEquals(0x3232c8, Hue.turn(red, -1.0 / 3).pixel(0, 0));
        assertEquals(0xc83232, Hue.turn(red, 0).pixel(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rand-m9", "rand-m11-inc1", "rand-mx-inc1", "augmix-m3-inc1", "rand-q1-inc1", "rand-n0-inc1"})
    void otherTimmNamesAreErrors(String name) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> RandAugment.timm(name));
        assertTrue(e.getMessage().endsWith("got " + name), e.getMessage());
    }

    @Test
    void timmNameIsTakenApart() {
        assertEquals(new TimmName(9, 2, 0.5, 0.5), TimmName.parse("rand-m9-mstd0.5-inc1"));
        assertEquals(new TimmName(7, 3, 0, 0.8), TimmName.parse("rand-n3-m7-p0.8-inc1"));
    }

    @Test
    void badSettingsAreErrors() {
        assertThrows(IllegalArgumentException.class, () -> new HorizontalFlip(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new PaddedCrop(-1));
        assertThrows(IllegalArgumentException.class, () -> RandomResizedCrop.of(0, 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> RandomResizedCrop.of(8, 0.5, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new ColorJitter(0, 0, 0, 0.6));
        assertThrows(IllegalArgumentException.class, () -> new RandomGrayscale(1.1));
        assertThrows(IllegalArgumentException.class, () -> new RandomErasing(0.5, 0.1, 2));
        assertThrows(IllegalArgumentException.class, () -> RandAugment.paper(2, 31));
    }
}
