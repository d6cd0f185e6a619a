package org.fovea.core.backend.onednn;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.CaseGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes at which products read their operands from the wrong places unless {@link StridedBatches} steps in. */
class AttentionLayoutsTest {
    static Stream<BlockCase> sizes() {
        return Stream.of(1, 2, 4, 16).flatMap(tokens -> IntStream.rangeClosed(1, 4)
                .mapToObj(times -> new BlockCase(
                        times * tokens + " images of " + tokens + " tokens",
                        g -> g.output(new MultiHeadSelfAttention(2, false)
                                .build(g.scope(), g.normal(times * tokens, tokens, 8))
                                .values()))));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void anyNumberOfImagesAndTokensIsRead(BlockCase sizes) {
        BlockCheck.backendsAgree(sizes);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void soAreTheirGradients(BlockCase sizes) {
        BlockCheck.backendsAgreeOnGradients(sizes);
    }

    static Stream<BlockCase> factors() {
        return Stream.of(1, 2, 6).flatMap(images -> Stream.of(1, 2)
                .map(rows -> new BlockCase(images + " factors of " + rows + " rows", g -> {
                    Value cut = g.normal(images, rows, 3 * 8).slice(2, 8, 16);
                    Value heads = cut.reshape(images, rows, 2, 4).permute(0, 2, 1, 3);
                    g.output(g.normal(images, 2, rows, rows).matmul(heads, false, false));
                })));
    }

    @ParameterizedTest
    @MethodSource("factors")
    void aFactorCutOutOfWiderRowsIsRead(BlockCase factors) {
        BlockCheck.backendsAgree(factors);
    }

    /** Scores of one image take 2.2 MB: the three images are done one after the other, in the same memory. */
    @Test
    void blocksInTheSameMemoryDoNotMix() {
        threeBlocks().forEach(BlockCheck::backendsAgree);
    }

    @Test
    void blocksInTheSameMemoryDoNotMixInBfloat16() {
        threeBlocks().forEach(BlockCheck::bfloat16IsClose);
    }

    private static List<BlockCase> threeBlocks() {
        return List.of(
                new BlockCase("weights kept", g -> g.output(attend(g))),
                new BlockCase(
                        "masked",
                        g -> g.output(attend(g, g.normal(3, 1, 740, 740)).values())));
    }

    private static AttentionOutput attend(CaseGraph g, Value... masks) {
        return new MultiHeadSelfAttention(1, false).build(g.scope(), g.normal(3, 740, 4), masks);
    }
}
