package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimmArchitectureTest {
    @ParameterizedTest
    @CsvSource({
        "vit_tiny_patch16_224.augreg_in21k_ft_in1k, 192, 12, 3, 16",
        "vit_base_patch32_384, 768, 12, 12, 32",
        "vit_large_patch14_reg4_dinov2.lvd142m, 1024, 24, 16, 14",
        "vit_giant_patch14_dinov2, 1536, 40, 24, 14",
        "vit_giant_patch14_224, 1408, 40, 16, 14",
        "deit_small_distilled_patch16_224, 384, 12, 6, 16",
        "deit3_medium_patch16_224.fb_in22k_ft_in1k, 512, 12, 8, 16",
        "vit_base_patch16_clip_quickgelu_224.openai, 768, 12, 12, 16",
    })
    void namesGiveSizes(String name, int width, int depth, int heads, int patch) {
        TimmArchitecture parsed = TimmArchitecture.parse(name).orElseThrow();
        assertEquals(width, parsed.size().width());
        assertEquals(depth, parsed.size().depth());
        assertEquals(heads, parsed.size().heads());
        assertEquals(patch, parsed.patchPixels());
    }

    @Test
    void traitsAreRead() {
        TimmArchitecture parsed =
                TimmArchitecture.parse("vit_giant_patch14_reg4_dinov2.lvd142m").orElseThrow();
        assertEquals(4, parsed.registers());
        assertTrue(parsed.has("dinov2"));
        assertTrue(parsed.isGated());
        assertTrue(TimmArchitecture.parse("deit_base_distilled_patch16_384")
                .orElseThrow()
                .distilled());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet50",
                "vit_base_patch16_siglip_224",
                "vit_so150m_patch16_reg4_gap_256",
                "vit_base_patch16_rope_224",
                "swin_tiny_patch4_window7_224",
                "vit_base_patch99999_224",
            })
    void othersAreNot(String name) {
        assertFalse(TimmArchitecture.parse(name).isPresent());
    }
}
