package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.fovea.vit.model.ConvEncoder;
import org.junit.jupiter.api.Test;

class ShowAttendTellTest extends BlockContract {
    private static final ConvEncoder ENCODER = new ConvEncoder(16, 8);
    private static final double[] OWN = {0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0};

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "soft, two captions an image", g -> output(g, Looking.SOFT, TrainableCaptioner.Chance.NONE)),
                new BlockCase(
                        "hard, the likeliest place", g -> output(g, Looking.HARD, TrainableCaptioner.Chance.NONE)),
                new BlockCase(
                        "hard, some places drawn and some images soft",
                        g -> output(
                                g,
                                Looking.HARD,
                                new TrainableCaptioner.Chance(
                                        Optional.of(g.fixed(noise(48), 4, 3, 4)),
                                        Optional.of(g.fixed(new double[] {0, 1, 0, 1}, 4, 1, 1)),
                                        Optional.empty(),
                                        Optional.empty()))),
                new BlockCase(
                        "soft, own words now and then",
                        g -> output(
                                g,
                                Looking.SOFT,
                                new TrainableCaptioner.Chance(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(g.fixed(OWN, 4, 3)),
                                        Optional.of(g.fixed(noise(60), 4, 3, 5))))));
    }

    private static double[] noise(int count) {
        return new java.util.Random(3).doubles(count, -3, 3).toArray();
    }

    private static void output(CaseGraph g, Looking looking, TrainableCaptioner.Chance chance) {
        ShowAttendTell decoder = new ShowAttendTell(ENCODER, 5, 3, 4, 3, 6, looking);
        TrainableCaptioner.Written out = decoder.decode(g.scope(), g.normal(2, 4, 3), g.index(5, 4, 3), chance);
        g.output(out.logits());
        g.output(out.attention());
        out.gaze().ifPresent(gaze -> {
            g.output(gaze.logProbabilities());
            g.output(gaze.entropies());
        });
    }

    @Test
    void ownWordsThroughoutAreThoseOfGivingThem() {
        int[] ids = {1, 2, 0, 1, 4, 2};
        List<Tensor> out = BlockCheck.outputs(g -> {
            ShowAttendTell decoder = new ShowAttendTell(ENCODER, 5, 3, 4, 3, 6, Looking.SOFT);
            Value features = g.normal(2, 4, 3);
            double[] force = new double[30]; // noise that makes the decoder pick ids
            for (int row = 0; row < 2; row++) {
                for (int t = 0; t < 2; t++) {
                    force[row * 15 + t * 5 + ids[row * 3 + t + 1]] = 1e3;
                }
            }
            TrainableCaptioner.Chance chance = new TrainableCaptioner.Chance(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(g.graph().fill(1, 2, 3)),
                    Optional.of(g.fixed(force, 2, 3, 5)));
            Value starts = g.graph().constant(Tensor.of(new int[] {1, 3, 3, 1, 0, 0}, 2, 3));
            g.output(decoder.decode(g.scope(), features, starts, chance).logits());
            Value given = g.graph().constant(Tensor.of(ids, 2, 3));
            g.output(decoder.decode(g.scope(), features, given, TrainableCaptioner.Chance.NONE)
                    .logits());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void hardAttentionLooksAtOnePlace() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            ShowAttendTell decoder = new ShowAttendTell(ENCODER, 5, 3, 4, 3, 6, Looking.HARD);
            Value entropies = decoder.decode(
                            g.scope(), g.normal(2, 1, 3), g.index(5, 2, 3), TrainableCaptioner.Chance.NONE)
                    .gaze()
                    .orElseThrow()
                    .entropies();
            g.output(entropies); // of one place: none
        });
        assertEquals(0, out.get(0).toDoubles()[0], 1e-9);
    }

    @Test
    void wrongSizesAreNamed() {
        BlockCheck.assertError(
                "ShowAttendTell: hidden must be at least 1, got 0",
                g -> new ShowAttendTell(ENCODER, 5, 3, 4, 0, 6, Looking.SOFT));
    }
}
