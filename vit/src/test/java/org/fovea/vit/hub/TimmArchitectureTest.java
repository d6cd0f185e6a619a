package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.fovea.vit.Presets;
import org.fovea.vit.model.ClassifierConfig;
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
        "vit_so150m2_patch16_reg1_gap_448.sbb_e200_in12k_ft_in1k, 832, 21, 13, 16",
        "vit_relpos_base_patch32_plus_rpn_256.sw_in1k, 896, 12, 14, 32",
        "vit_so400m_patch14_siglip_378.webli, 1152, 27, 16, 14",
        "flexivit_small.1200ep_in1k, 384, 12, 6, 16",
    })
    void namesGiveSizes(String name, int width, int depth, int heads, int patch) {
        Map<String, Object> parsed = arguments(name);
        assertEquals(width, parsed.get("embed_dim"));
        assertEquals(depth, parsed.get("depth"));
        assertEquals(heads, parsed.get("num_heads"));
        assertEquals(patch, parsed.get("patch_size"));
    }

    @Test
    void traitsAreRead() {
        Map<String, Object> parsed = arguments("vit_giant_patch14_reg4_dinov2.lvd142m");
        assertEquals(4, parsed.get("reg_tokens"));
        assertEquals(true, parsed.get("gated"));
        assertEquals(true, arguments("deit_base_distilled_patch16_384").get("distilled"));
        assertEquals("map", arguments("vit_base_patch16_siglip_512").get("global_pool"));
        assertEquals("gelu", arguments("vit_base_patch16_siglip_512").get("act_layer"));
        assertEquals("gelu_tanh", arguments("vit_large_patch16_siglip_512").get("act_layer"));
        assertEquals(
                518,
                TimmArchitecture.parse("vit_small_patch14_dinov2").orElseThrow().imagePixels());
    }

    private static Map<String, Object> arguments(String name) {
        return TimmArchitecture.parse(name).orElseThrow().arguments();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet50",
                "vit_base_patch16_rope_224",
                "vit_pwee_patch16_reg1_gap_256",
                "vit_base_patch16_xp_224",
                "vit_small_plus_patch16_dinov3",
                "vit_small_resnet26d_224",
                "eva_giant_patch14_224",
                "swin_tiny_patch4_window7_224",
                "vit_base_patch99999_224",
                "vit",
                "",
            })
    void othersAreNot(String name) {
        assertFalse(TimmArchitecture.parse(name).isPresent());
    }

    /**
     * Millions of parameters as timm publishes them, in {@code results/benchmark-infer-amp-nchw-pt291-cu128-4090.csv}; the number
     * of classes is that of the first checkpoint of each name, 0 of those that have no classifier.
     */
    @ParameterizedTest
    @CsvSource({
        "vit_tiny_patch16_224, 5.72, 1000",
        "vit_tiny_patch16_384, 5.79, 1000",
        "vit_small_patch32_384, 22.92, 1000",
        "vit_small_patch16_384, 22.20, 1000",
        "vit_small_patch8_224, 21.67, 0",
        "vit_small_patch16_36x1_224, 64.67, 1000",
        "vit_base_patch8_224, 86.58, 1000",
        "vit_base_patch16_gap_224, 86.57, 1000",
        "vit_base_patch16_rpn_224, 86.54, 1000",
        "vit_base_patch32_plus_256, 119.48, 1000",
        "vit_base_patch16_plus_240, 117.56, 1000",
        "vit_base_patch16_224_miil, 94.40, 11221",
        "vit_large_patch32_384, 306.63, 1000",
        "vit_large_patch16_384, 304.72, 1000",
        "vit_huge_patch14_gap_224, 630.76, 0",
        "vit_huge_patch16_gap_448, 631.67, 0",
        "vit_giant_patch16_gap_224, 1011.37, 0",
        "vit_giant_patch14_224, 1012.61, 1000",
        "vit_gigantic_patch14_224, 1844.44, 1000",
        "vit_wee_patch16_reg1_gap_256, 13.42, 1000",
        "vit_little_patch16_reg1_gap_256, 22.52, 1000",
        "vit_little_patch16_reg4_gap_256, 22.52, 1000",
        "vit_medium_patch16_gap_240, 44.40, 11821",
        "vit_medium_patch16_gap_256, 38.86, 1000",
        "vit_medium_patch16_gap_384, 39.03, 1000",
        "vit_medium_patch16_reg1_gap_256, 38.88, 1000",
        "vit_medium_patch16_reg4_gap_256, 38.88, 1000",
        "vit_mediumd_patch16_reg4_gap_256, 64.11, 1000",
        "vit_mediumd_patch16_reg4_gap_384, 64.27, 1000",
        "vit_betwixt_patch16_gap_256, 60.37, 1000",
        "vit_betwixt_patch16_reg1_gap_256, 60.40, 1000",
        "vit_betwixt_patch16_reg4_gap_256, 60.40, 1000",
        "vit_betwixt_patch16_reg4_gap_384, 60.60, 1000",
        "vit_base_patch16_reg4_gap_256, 86.62, 1000",
        "vit_so150m_patch16_reg4_map_256, 141.48, 1000",
        "vit_so150m_patch16_reg4_gap_256, 134.13, 1000",
        "vit_so150m_patch16_reg4_gap_384, 134.42, 1000",
        "vit_so150m2_patch16_reg1_gap_256, 136.06, 1000",
        "vit_so150m2_patch16_reg1_gap_384, 136.33, 1000",
        "vit_so150m2_patch16_reg1_gap_448, 136.50, 1000",
        "vit_xsmall_patch16_clip_224, 8.28, 512",
        "vit_medium_patch32_clip_224, 39.69, 512",
        "vit_medium_patch16_clip_224, 38.59, 512",
        "vit_betwixt_patch32_clip_224, 61.41, 512",
        "vit_base_patch32_clip_224, 88.22, 1000",
        "vit_base_patch32_clip_448, 88.34, 1000",
        "vit_base_patch16_clip_384, 86.86, 1000",
        "vit_base_patch16_plus_clip_240, 117.21, 640",
        "vit_base_patch32_clip_quickgelu_224, 87.85, 512",
        "vit_large_patch14_clip_336, 304.53, 1000",
        "vit_huge_patch14_clip_378, 632.68, 1024",
        "vit_giant_patch14_clip_224, 1012.65, 1024",
        "vit_gigantic_patch14_clip_224, 1844.91, 1280",
        "vit_base_patch32_siglip_256, 94.55, 0",
        "vit_base_patch16_siglip_224, 92.88, 0",
        "vit_base_patch16_siglip_256, 92.93, 0",
        "vit_base_patch16_siglip_384, 93.18, 0",
        "vit_base_patch16_siglip_512, 93.52, 0",
        "vit_large_patch16_siglip_256, 315.96, 0",
        "vit_large_patch16_siglip_384, 316.28, 0",
        "vit_large_patch16_siglip_512, 316.74, 0",
        "vit_so400m_patch14_siglip_224, 427.68, 0",
        "vit_so400m_patch14_siglip_378, 428.23, 0",
        "vit_so400m_patch14_siglip_384, 428.23, 0",
        "vit_so400m_patch16_siglip_256, 427.89, 0",
        "vit_so400m_patch16_siglip_384, 428.26, 0",
        "vit_so400m_patch16_siglip_512, 428.77, 0",
        "vit_giantopt_patch16_siglip_256, 1163.17, 0",
        "vit_giantopt_patch16_siglip_384, 1163.66, 0",
        "vit_base_patch32_siglip_gap_256, 87.47, 0",
        "vit_base_patch16_siglip_gap_224, 85.80, 0",
        "vit_base_patch16_siglip_gap_512, 86.43, 0",
        "vit_large_patch16_siglip_gap_256, 303.36, 0",
        "vit_so400m_patch14_siglip_gap_224, 412.44, 0",
        "vit_so400m_patch14_siglip_gap_378, 412.99, 0",
        "vit_so400m_patch14_siglip_gap_384, 412.99, 0",
        "vit_so400m_patch14_siglip_gap_448, 413.33, 0",
        "vit_so400m_patch16_siglip_gap_256, 412.65, 0",
        "vit_giantopt_patch16_siglip_gap_256, 1134.84, 0",
        "vit_small_patch14_dinov2, 22.06, 0",
        "vit_base_patch14_reg4_dinov2, 86.58, 0",
        "vit_large_patch14_reg4_dinov2, 304.37, 0",
        "vit_relpos_small_patch16_224, 21.98, 1000",
        "vit_relpos_medium_patch16_224, 38.75, 1000",
        "vit_relpos_base_patch16_224, 86.43, 1000",
        "vit_relpos_medium_patch16_cls_224, 38.76, 1000",
        "vit_relpos_base_patch16_cls_224, 86.43, 1000",
        "vit_relpos_base_patch16_clsgap_224, 86.43, 1000",
        "vit_relpos_small_patch16_rpn_224, 21.97, 1000",
        "vit_relpos_medium_patch16_rpn_224, 38.73, 1000",
        "vit_relpos_base_patch16_rpn_224, 86.41, 1000",
        "vit_relpos_base_patch32_plus_rpn_256, 119.42, 1000",
        "vit_relpos_base_patch16_plus_240, 117.38, 1000",
        "vit_srelpos_small_patch16_224, 21.97, 1000",
        "vit_srelpos_medium_patch16_224, 38.74, 1000",
        "deit_base_distilled_patch16_384, 87.63, 1000",
        "deit3_medium_patch16_224, 38.85, 1000",
        "deit3_large_patch16_384, 304.76, 1000",
        "deit3_huge_patch14_224, 632.13, 1000",
        "flexivit_small, 22.06, 1000",
        "flexivit_base, 86.59, 1000",
        "flexivit_large, 304.36, 1000",
        "eva_large_patch14_196, 304.14, 1000",
        "eva_large_patch14_336, 304.53, 1000",
    })
    void parametersAreAsManyAsPublished(String name, double millions, int classes) {
        ClassifierConfig config = Presets.named(name);
        long head = (long) (config.width() + 1) * config.classes();
        long count = config.parameterCount() - head + (long) (config.width() + 1) * classes;
        assertEquals(millions, count / 1e6, 0.0051, name + " has " + count);
    }

    @Test
    void everyPresetBuilds() {
        for (String name : new TimmViT().presets().keySet()) {
            assertTrue(Presets.named(name).flops() > 0, name);
        }
    }
}
