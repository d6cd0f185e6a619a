package org.fovea.core.testing;

import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every block. The test of block {@code X} is {@code XTest}, extends this, gives its cases, and adds what is
 * particular: a case computed by hand, the case in which the block equals something simpler, an error message.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BlockContract {
    /** Small instances with every option; one at least. */
    protected abstract List<BlockCase> cases();

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAreThoseOfCentralDifferences(BlockCase blockCase) {
        BlockCheck.gradients(blockCase);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneDnnAgreesWithNd4j(BlockCase blockCase) {
        BlockCheck.backendsAgree(blockCase);
        BlockCheck.backendsAgreeOnGradients(blockCase);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bfloat16IsClose(BlockCase blockCase) {
        BlockCheck.bfloat16IsClose(blockCase);
    }
}
