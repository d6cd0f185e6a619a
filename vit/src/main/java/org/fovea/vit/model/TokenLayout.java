package org.fovea.vit.model;

import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.PositionResize;

/**
 * The tokens of a sequence, in the order class tokens, registers, patches, and which of them have a learned position.
 *
 * @param registers tokens that no classifier reads (Darcet et al. 2023, arXiv 2309.16588)
 * @param positioned tokens that have a position
 * @param resize method that brings positions to another image size
 */
public record TokenLayout(ClassTokens classTokens, int registers, Positioned positioned, PositionResize resize) {
    /** Choice of the tokens that have a learned position. */
    public enum Positioned {
        /** All of them. */
        ALL,
        /** Class tokens and patches, not the registers: DINOv2. */
        CLASS_AND_PATCHES,
        /** Patches alone: {@code no_embed_class} in timm. */
        PATCHES,
        /** None of them. */
        NONE
    }

    /** Checks the number of registers. */
    public TokenLayout {
        ModelLimits.check("TokenLayout: registers", registers, 0, ModelLimits.REGISTERS);
    }

    /** One class token, positions for all, resized as Hugging Face does. */
    public static TokenLayout classToken() {
        return new TokenLayout(ClassTokens.CLASS, 0, Positioned.ALL, PositionResize.BICUBIC);
    }

    /** The number of tokens before the patches. */
    public int prefix() {
        return classTokens.count() + registers;
    }

    /** The number of tokens before the patches that have a position; they are the first ones. */
    public int positionedPrefix() {
        return switch (positioned) {
            case ALL -> prefix();
            case CLASS_AND_PATCHES -> classTokens.count();
            case PATCHES, NONE -> 0;
        };
    }
}
