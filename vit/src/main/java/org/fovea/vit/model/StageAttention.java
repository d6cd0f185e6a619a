package org.fovea.vit.model;

import org.fovea.core.nn.SelfAttention;

/** Attention of the blocks of a {@link MixTransformerEncoder}. */
@FunctionalInterface
public interface StageAttention {
    /** SegFormer's: to all places, or to a grid that is coarser by the stage's reduction. */
    StageAttention REDUCED = (encoder, stage, block) -> encoder.reducedAttention(stage);

    /**
     * The mechanism of a block.
     *
     * @param encoder which knows the grids
     * @param stage from 0, the finest
     * @param block within the stage, from 0
     * @return a mechanism for tokens {@code [B, N, width]}, the places of the stage's grid row by row
     */
    SelfAttention of(MixTransformerEncoder encoder, int stage, int block);
}
