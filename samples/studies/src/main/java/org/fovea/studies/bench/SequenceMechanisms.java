package org.fovea.studies.bench;

import static org.fovea.studies.bench.MechanismList.HEADS;
import static org.fovea.studies.bench.MechanismList.WIDTH;

import java.util.List;
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
import org.fovea.core.nn.EncoderDecoder;
import org.fovea.core.nn.GruCell;
import org.fovea.core.nn.LstmCell;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.Recurrence;

/** The mechanisms over sequences, a line each: name, what n counts, powers of time and memory in n, sizes, the block. */
final class SequenceMechanisms {
    private SequenceMechanisms() {}

    static void add(MechanismList to) {
        int[] long3 = {1024, 2048, 4096};
        int[] short3 = {64, 128, 256};
        int[] steps3 = {8, 16, 32};
        to.add("MultiHeadAttention", "tokens", 2, 1, long3, (s, n) -> new MultiHeadAttention(HEADS, true)
                .build(s, MechanismList.in(s, "x", n), s.graph().inputs().get("x"))
                .values());
        to.add("AdditiveAttention", "queries and keys", 2, 2, short3, (s, n) -> new AdditiveAttention(WIDTH)
                .build(s, MechanismList.in(s, "q", n), MechanismList.in(s, "m", n))
                .values());
        to.add("LuongAttention general", "queries and keys", 2, 2, short3, (s, n) -> luong(new Alignment.Global())
                .build(s, MechanismList.in(s, "q", n), MechanismList.in(s, "m", n))
                .values());
        to.add("LuongAttention local-p", "queries and keys", 2, 2, short3, (s, n) -> luong(
                        new Alignment.Predictive(8, WIDTH))
                .build(s, MechanismList.in(s, "q", n), MechanismList.in(s, "m", n))
                .values());
        to.add("RelativeAttention", "tokens", 2, 2, short3, (s, n) -> new RelativeAttention(
                        HEADS, new RelativePositions(16), RelativeAttention.Tables.ALL)
                .build(s, MechanismList.in(s, "x", n))
                .values());
        to.add("CaptionAttention", "places", 1, 1, long3, (s, n) -> new CaptionAttention(WIDTH)
                .build(s, MechanismList.in(s, "q", 16), MechanismList.in(s, "m", n))
                .values());
        to.add("StackedAttention", "regions", 1, 1, long3, (s, n) -> new StackedAttention(WIDTH, 2)
                .build(s, MechanismList.in(s, "v", n), s.graph().input("q", 1, WIDTH))
                .values());
        to.add("RelationNetwork", "objects", 2, 2, steps3, (s, n) -> new RelationNetwork(
                        List.of(WIDTH, WIDTH), List.of(10))
                .build(s, MechanismList.in(s, "o", n), s.graph().input("q", 1, 11)));
        to.add("MemoryNetwork", "sentences", 1, 1, short3, (s, n) -> new MemoryNetwork(
                        100, WIDTH, 3, MemoryNetwork.Tables.ADJACENT, MemoryNetwork.Encoding.POSITION)
                .build(s, s.graph().indexInput("story", 1, n, 8), s.graph().indexInput("question", 1, 8))
                .answer());
        to.add("AttentionDecoder GRU", "words", 1, 1, steps3, (s, n) -> {
            GruCell cell = new GruCell(WIDTH);
            return new AttentionDecoder(cell, new AdditiveAttention(WIDTH))
                    .build(s, MechanismList.in(s, "words", n), MechanismList.in(s, "m", 32), cell.start(s.graph(), 1))
                    .states();
        });
        to.add("Recurrence LSTM", "steps", 1, 1, steps3, (s, n) -> new Recurrence(
                        new LstmCell(WIDTH), Recurrence.Direction.BOTH)
                .build(s, MechanismList.in(s, "x", n))
                .outputs());
        to.add("EncoderDecoder", "words of both", 2, 1, long3, (s, n) -> {
            EncoderDecoder model = new EncoderDecoder(HEADS, 2 * WIDTH, 1, NormPlacement.BEFORE);
            Value memory = model.encode(s, MechanismList.in(s, "x", n));
            return model.decode(s, MechanismList.in(s, "y", n), memory).values();
        });
        to.add(
                "AttentionRollout",
                "tokens",
                3,
                2,
                short3,
                (s, n) -> AttentionRollout.build(
                        List.of(s.graph().input("a", 1, HEADS, n, n), s.graph().input("b", 1, HEADS, n, n))));
    }

    private static LuongAttention luong(Alignment alignment) {
        return new LuongAttention(new Score.General(), alignment);
    }
}
