package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.nn.ConvTokenizer;
import org.fovea.vit.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CctConfigTest {
    /** Hassani et al. 2021, tables 1 and 2, in millions as printed there. */
    @ParameterizedTest
    @CsvSource({
        "cct-2-3x2, 0.28",
        "cct-4-3x2, 0.48",
        "cct-6-3x2, 3.33",
        "cct-7-3x1, 3.76",
        "cct-7-3x2, 3.85",
        "cct-14-7x2-224, 22.36"
    })
    void parametersAreAsManyAsPublished(String name, double millions) {
        long count = Presets.named(name).parameterCount();
        assertEquals(millions, count / 1e6, 0.0101, name + " has " + count);
    }

    /** The table counts this one's without its positions, unlike the others'. */
    @Test
    void cct6WithOneConvolutionHas317WithoutPositions() {
        ClassifierConfig c = Presets.named("cct-6-3x1");
        assertEquals(3.17, (c.parameterCount() - c.tokenCount() * c.width()) / 1e6, 0.005);
    }

    @Test
    void tokensFollowConvolutionsAndPooling() {
        assertEquals(64, CctPresets.cct2().tokenCount());
        assertEquals(16, Presets.named("cct-4-3x3").tokenCount());
        assertFalse(Presets.has("cct-4-2x3"));
        assertEquals(256, Presets.named("cct-7-3x1").tokenCount());
        assertEquals(196, Presets.named("cct-14-7x2-224").tokenCount());
        assertEquals(3, ConvTokenizer.of(3, 2).tokens(9), "9 to 5 to 3");
    }

    @Test
    void wrongSizesAreNamedWithTheirValues() {
        CctConfig c = CctPresets.cct2();
        String heads = assertThrows(
                        IllegalArgumentException.class,
                        () -> new CctConfig(
                                new CompactEncoder(32, 32, 3, c.encoder().tokenizer(), 128, 2, 3, 128), 10))
                .getMessage();
        assertTrue(heads.contains("heads must be a positive divisor of width, got 3 and 128"), heads);
        String classes = assertThrows(IllegalArgumentException.class, () -> c.withClasses(0))
                .getMessage();
        assertTrue(classes.contains("classes must lie in [1, 10000000], got 0"), classes);
    }
}
