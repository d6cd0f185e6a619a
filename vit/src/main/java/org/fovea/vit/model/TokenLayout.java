package org.fovea.vit.model;

import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.PositionResize;

/**
 * The tokens of a sequence, in the order class tokens, registers, patches, and which of them have a learned position.
 *
 * @param registers number of register tokens, which no classifier reads (Darcet et al. 2023, arXiv 2309.16588)
 * @param positioned tokens that have a position embedding
 * @param resize method that resizes positions to another image size
 */
public record TokenLayout(ClassTokens classTokens, int registers, Positioned positioned, PositionResize resize) {
    /** Choice of the tokens that have a learned position. */
    public enum Positioned {
        /** All tokens. */
        ALL,
        /** Class tokens and patches, but not registers: DINOv2. */
        CLASS_AND_PATCHES,
        /** Only patches: {@code no_embed_class} in timm. */
        PATCHES,
        /** No tokens. */
        NONE
    }

    /** Checks the number of registers. */
    public TokenLayout {
        ModelLimits.check("TokenLayout: registers", registers, 0, ModelLimits.REGISTERS);
    }

    /** Layout with one class token and positions for all tokens, resized as in Hugging Face transformers. */
    public static TokenLayout classToken() {
        return new TokenLayout(ClassTokens.CLASS, 0, Positioned.ALL, PositionResize.BICUBIC);
    }

    /** The number of tokens before the patches. */
    public int prefix() {
        return classTokens.count() + registers;
    }

    /** Number of tokens before the patches that have a position; they come first. */
    public int positionedPrefix() {
        return switch (positioned) {
            case ALL -> prefix();
            case CLASS_AND_PATCHES -> classTokens.count();
            case PATCHES, NONE -> 0;
        };
    }
}
