package org.fovea.vit.model;

import org.fovea.core.nn.SelfAttention;

/** Attention of the blocks of a {@link MixTransformerEncoder}. */
@FunctionalInterface
public interface StageAttention {
    /** SegFormer's attention to all positions, or to a grid that is coarser by the stage's reduction. */
    StageAttention REDUCED = (encoder, stage, block) -> encoder.reducedAttention(stage);

    /**
     * Creates the attention of a block.
     *
     * @param encoder encoder, which knows the grids
     * @param stage stage number, from 0, the finest
     * @param block block number within the stage, from 0
     * @return attention over tokens {@code [B, N, width]}, the positions of the stage's grid row by row
     */
    SelfAttention of(MixTransformerEncoder encoder, int stage, int block);
}
