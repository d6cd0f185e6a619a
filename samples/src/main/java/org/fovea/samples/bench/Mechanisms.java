package org.fovea.samples.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.fovea.core.attention.AdditiveAttention;
import org.fovea.core.attention.Alignment;
import org.fovea.core.attention.AttentionDecoder;
import org.fovea.core.attention.AttentionRollout;
import org.fovea.core.attention.CaptionAttention;
import org.fovea.core.attention.LuongAttention;
import org.fovea.core.attention.MemoryNetwork;
import org.fovea.core.attention.RelationNetwork;
import org.fovea.core.attention.RelativeAttention;
import org.fovea.core.attention.RelativePositions;
import org.fovea.core.attention.Score;
import org.fovea.core.attention.StackedAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Drops;
import org.fovea.core.nn.EncoderDecoder;
import org.fovea.core.nn.GruCell;
import org.fovea.core.nn.LstmCell;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.Recurrence;
import org.fovea.core.nn.Scope;

/** The mechanisms to measure, a line each: name, what n counts, power of memory in n, sizes, the block. */
final class Mechanisms {
    private static final int WIDTH = 64;
    private static final int HEADS = 4;

    private final List<Mechanism> all = new ArrayList<>();

    /** Adds a block with inputs of one size. */
    private interface Block {
        Value build(Scope scope, int size);
    }

    private Mechanisms() {}

    static List<Mechanism> all() {
        Mechanisms out = new Mechanisms();
        out.sequences();
        return List.copyOf(out.all);
    }

    private void sequences() {
        int[] long3 = {1024, 2048, 4096};
        int[] short3 = {64, 128, 256};
        int[] steps3 = {8, 16, 32};
        add("MultiHeadAttention", "tokens", 1, long3, (s, n) -> new MultiHeadAttention(HEADS, true, false)
                .build(s, in(s, "x", n), s.graph().inputs().get("x"))
                .values());
        add("AdditiveAttention", "queries and keys", 2, short3, (s, n) -> new AdditiveAttention(WIDTH, false)
                .build(s, in(s, "q", n), in(s, "m", n))
                .values());
        add("LuongAttention general", "queries and keys", 2, short3, (s, n) -> luong(new Alignment.Global())
                .build(s, in(s, "q", n), in(s, "m", n))
                .values());
        add("LuongAttention local-p", "queries and keys", 2, short3, (s, n) -> luong(new Alignment.Predictive(8, WIDTH))
                .build(s, in(s, "q", n), in(s, "m", n))
                .values());
        add("RelativeAttention", "tokens", 2, short3, (s, n) -> new RelativeAttention(
                        HEADS, new RelativePositions(16), RelativeAttention.Tables.ALL, false)
                .build(s, in(s, "x", n))
                .values());
        add("CaptionAttention", "places", 1, long3, (s, n) -> new CaptionAttention(WIDTH, false)
                .build(s, in(s, "q", 16), in(s, "m", n))
                .values());
        add("StackedAttention", "regions", 1, long3, (s, n) -> new StackedAttention(WIDTH, 2, false)
                .build(s, in(s, "v", n), s.graph().input("q", 1, WIDTH))
                .query());
        add("RelationNetwork", "objects", 2, steps3, (s, n) -> new RelationNetwork(List.of(WIDTH, WIDTH), List.of(10))
                .build(s, in(s, "o", n), s.graph().input("q", 1, 11)));
        add("MemoryNetwork", "sentences", 1, short3, (s, n) -> new MemoryNetwork(
                        100, WIDTH, 3, MemoryNetwork.Tables.ADJACENT, MemoryNetwork.Encoding.POSITION, false)
                .build(s, s.graph().indexInput("story", 1, n, 8), s.graph().indexInput("question", 1, 8))
                .answer());
        add("AttentionDecoder GRU", "words", 1, steps3, (s, n) -> {
            GruCell cell = new GruCell(WIDTH);
            return new AttentionDecoder(cell, new AdditiveAttention(WIDTH, false))
                    .build(s, in(s, "words", n), in(s, "m", 32), cell.start(s.graph(), 1))
                    .states();
        });
        add("Recurrence LSTM", "steps", 1, steps3, (s, n) -> new Recurrence(
                        new LstmCell(WIDTH), Recurrence.Direction.BOTH)
                .build(s, in(s, "x", n))
                .outputs());
        add("EncoderDecoder", "words of both", 1, long3, (s, n) -> {
            EncoderDecoder model = new EncoderDecoder(HEADS, 2 * WIDTH, 1, NormPlacement.BEFORE, false);
            Value memory = model.encode(s, in(s, "x", n), Drops.none(), DropRates.none());
            return model.decode(s, in(s, "y", n), memory, Drops.none(), DropRates.none())
                    .values();
        });
        add(
                "AttentionRollout",
                "tokens",
                2,
                short3,
                (s, n) -> AttentionRollout.build(
                        List.of(s.graph().input("a", 1, HEADS, n, n), s.graph().input("b", 1, HEADS, n, n))));
    }

    private static LuongAttention luong(Alignment alignment) {
        return new LuongAttention(new Score.General(), alignment, false);
    }

    /** An input of one sequence: {@code [1, n, WIDTH]}. */
    private static Value in(Scope scope, String name, int n) {
        return scope.graph().input(name, 1, n, WIDTH);
    }

    private void add(String name, String grows, int power, int[] sizes, Block block) {
        ObjIntConsumer<Scope> builder = (scope, n) -> scope.graph().output("y", block.build(scope, n));
        all.add(new Mechanism(name, grows, power, Arrays.stream(sizes).boxed().toList(), builder));
    }
}
