package org.fovea.captioning.model;

import java.util.List;
import java.util.Optional;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.junit.jupiter.api.Test;

class TransformerDecoderTest extends BlockContract {
    private static final TransformerDecoder DECODER = new TransformerDecoder(5, 4, 6, 2, 8, 2);

    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase("two captions an image", g -> {
            WordDecoder.Written out =
                    DECODER.write(g.scope(), g.normal(2, 4, 3), g.index(5, 4, 3), WordDecoder.Chance.NONE);
            g.output(out.logits());
            g.output(out.attention());
        }));
    }

    @Test
    void ownWordsAreRefused() {
        BlockCheck.assertError(
                "TransformerDecoder: words in training must be given ones",
                g -> DECODER.write(
                        g.scope(),
                        g.normal(2, 4, 3),
                        g.index(5, 4, 3),
                        new WordDecoder.Chance(
                                Optional.empty(), Optional.empty(), Optional.of(g.normal(4, 3)), Optional.empty())));
    }
}
