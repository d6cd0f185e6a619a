package org.fovea.core.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.fovea.core.data.augment.AutoAugment.Pair;
import org.fovea.core.data.augment.AutoAugment.Part;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;

class AutoAugmentTest {
    private static final RgbImage IMAGE = RgbImage.of(1, 2, new byte[] {10, 20, 30, 100, (byte) 150, (byte) 200});

    private static AutoAugment of(Pair... pairs) {
        return new AutoAugment("test", List.of(pairs), 0);
    }

    private static Part part(ImageTransform change, double probability, int magnitude) {
        return new Part(change, probability, magnitude);
    }

    /** Solarising at level 5 of 9 inverts from 256 - 142 = 114 on; posterising at level 7 keeps 5 bits. */
    @Test
    void bothChangesOfAPairFollowEachOther() {
        AutoAugment both = of(new Pair(part(ImageTransform.SOLARIZE, 1, 5), part(ImageTransform.POSTERIZE, 1, 7)));
        RgbImage expected = RgbImage.of(1, 2, new byte[] {8, 16, 24, 96, 104, 48});
        assertEquals(expected, both.apply(IMAGE, new SplittableRandom(1)));
        AutoAugment neither = of(new Pair(part(ImageTransform.SOLARIZE, 0, 5), part(ImageTransform.INVERT, 0, 7)));
        assertEquals(IMAGE, neither.apply(IMAGE, new SplittableRandom(1)));
    }

    @Test
    void changesAreMadeWithTheirProbabilityAndPairsAlike() {
        AutoAugment sometimes = of(
                new Pair(part(ImageTransform.INVERT, 0.8, 0), part(ImageTransform.IDENTITY, 1, 0)),
                new Pair(part(ImageTransform.IDENTITY, 1, 0), part(ImageTransform.INVERT, 0.2, 0)));
        int changed = 0;
        for (int seed = 0; seed < 2000; seed++) {
            changed += sometimes.apply(IMAGE, new SplittableRandom(seed)).equals(IMAGE) ? 0 : 1;
        }
        assertEquals(0.5, changed / 2000.0, 0.05);
    }

    /** The paper on this policy: mostly color, never a shear along x. */
    @Test
    void policyForCifarIsTheTable() {
        assertEquals(25, AutoAugment.CIFAR10.size());
        Set<ImageTransform> used = EnumSet.noneOf(ImageTransform.class);
        double probabilities = 0;
        int magnitudes = 0;
        for (Pair pair : AutoAugment.CIFAR10) {
            for (Part part : List.of(pair.first(), pair.second())) {
                used.add(part.change());
                probabilities += part.probability();
                magnitudes += part.magnitude();
                assertTrue(part.magnitude() >= 0 && part.magnitude() <= 9, part.toString());
            }
        }
        assertEquals(
                EnumSet.complementOf(
                        EnumSet.of(ImageTransform.IDENTITY, ImageTransform.SOLARIZE_ADD, ImageTransform.SHEAR_X)),
                used);
        assertEquals(26.5, probabilities, 1e-9); // sums over the table's 50 rows
        assertEquals(187, magnitudes);
    }
}
