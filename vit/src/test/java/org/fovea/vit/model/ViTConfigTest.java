package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.vit.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViTConfigTest {
    /** Counts as published: timm's results tables and the hub's safetensors headers. */
    @ParameterizedTest
    @CsvSource({
        "vit-tiny-patch16-224, 5717416",
        "vit-small-patch16-224, 22050664",
        "vit-small-patch32-224, 22878952",
        "vit-base-patch16-224, 86567656",
        "vit-base-patch16-384, 86859496",
        "vit-base-patch32-224, 88224232",
        "vit-large-patch16-224, 304326632",
        "vit-large-patch32-384, 306632680",
        "vit-huge-patch14-224, 632045800",
        "deit-tiny-patch16-224, 5717416",
        "deit-tiny-distilled-patch16-224, 5910800",
        "deit-small-distilled-patch16-224, 22436432",
        "deit-base-distilled-patch16-224, 87338192",
    })
    void parameterCountIsThePublishedOne(String preset, long published) {
        assertEquals(published, Presets.named(preset).parameterCount());
    }

    /**
     * DINOv2's published counts are of the backbone, with a mask token of one width that only its training uses, and without
     * the classifier.
     */
    @ParameterizedTest
    @CsvSource({
        "small, 22056576",
        "base, 86580480",
        "large, 304368640",
        "giant, 1136480768",
    })
    void dinov2BackboneCountIsThePublishedOne(String size, long published) {
        ClassifierConfig config = Presets.named("dinov2-" + size).withImage(518, 518);
        long classifier = (2L * config.width() + 1) * config.classes();
        assertEquals(published, config.parameterCount() - classifier + config.width());
    }

    @Test
    void registersAddOneTokenEach() {
        ViTConfig plain = ViTPresets.dinov2Giant();
        ViTConfig registers = ViTPresets.withRegisters(plain);
        assertEquals(plain.parameterCount() + 4L * plain.width(), registers.parameterCount());
        assertEquals(plain.tokenCount() + 4, registers.tokenCount());
    }

    @Test
    void flopsOfBase16AreThoseOfItsMatrixProducts() {
        long patches = 196L * 768 * 768;
        long linear = 197L * 12 * 768 * 768;
        long attention = 2L * 197 * 197 * 768;
        assertEquals(
                2 * (patches + 12 * (linear + attention) + 768 * 1000),
                Presets.named("vit-base-patch16-224").flops());
    }

    @Test
    void derivedSizesFollow() {
        ViTConfig config =
                ViTConfig.builder().image(64, 32).patch(8).size(48, 2, 3).build();
        assertEquals(8, config.gridRows());
        assertEquals(4, config.gridColumns());
        assertEquals(33, config.tokenCount());
        assertEquals(16, config.headWidth());
        assertEquals(config, config.toBuilder().build(), "a builder loses no field");
    }

    @Test
    void wrongSizesAreNamedWithTheirValues() {
        assertRefused("imageHeight must be a positive multiple of patchPixels, got 224 and 15", b -> b.patch(15));
        assertRefused("heads must be a positive divisor of width, got 7 and 768", b -> b.size(768, 12, 7));
        assertRefused("depth must lie in [1, 1024], got 0", b -> b.size(768, 0, 12));
        assertRefused("classes must lie in [1, 10000000], got -1", b -> b.classes(-1));
        assertRefused("normEpsilon must lie in [0, 1], got NaN", b -> b.normEpsilon(Double.NaN));
        assertRefused("imageHeight must lie in [1, 16384], got 2147483647", b -> b.image(Integer.MAX_VALUE, 224));
        assertRefused("the number of tokens must lie in [1, 1048576]", b -> b.image(16384, 16384)
                .patch(1));
        assertRefused("the classifier must have at most", b -> b.classes(10_000_000));
        assertRefused("the feed-forward map must have at most", b -> b.feedForward(new Mlp(1 << 20, Activation.GELU)));
        assertRefused(
                "the tokens that the head reads must be there, got pooling CLASS_AND_DISTILLATION of CLASS",
                b -> b.head(new Head(Head.Pooling.CLASS_AND_DISTILLATION, Head.Norm.BEFORE_POOLING)));
    }

    private static void assertRefused(String text, UnaryOperator<ViTConfigBuilder> change) {
        ViTConfigBuilder builder = change.apply(ViTConfig.builder());
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains(text), message);
    }

    @Test
    void unknownPresetNamesTheNearestAndAll() {
        String message = assertThrows(IllegalArgumentException.class, () -> Presets.named("vit-base-patch16_224"))
                .getMessage();
        assertTrue(message.endsWith("Did you mean \"vit-base-patch16-224\"?"), message);
        assertTrue(Presets.names().stream().allMatch(message::contains), message);
    }

    @Test
    void everyPresetBuilds() {
        for (String name : Presets.names()) {
            assertTrue(Presets.named(name).flops() > 0, name);
        }
    }

    @Test
    void shallowModelIsOneThatTrainingIsTimedBy() {
        ViTConfig c = (ViTConfig) Presets.named("vit-tiny-6-patch4-32");
        assertEquals(List.of(192, 6, 3, 65, 10), List.of(c.width(), c.depth(), c.heads(), c.tokenCount(), c.classes()));
        assertEquals(64, c.headWidth());
        assertEquals(4 * c.width(), c.encoder().feedForward().hidden());
    }
}
