package org.fovea.studies.sequences;

import java.util.List;
import java.util.Random;
import org.fovea.core.attention.Score;
import org.fovea.core.backend.Backend;
import org.fovea.core.engine.Backends;

/**
 * Additive attention and Luong's three scores learn to say ten digits in reverse; each is scored on 1,024 unseen sequences,
 * a sequence counting only when all its digits are right. Takes a few minutes.
 */
public final class ReverseSequences {
    private static final int DIGITS = 10;
    private static final int WIDTH = 64;
    private static final int BATCH = 64;
    private static final int STEPS = 1500;
    private static final double RATE = 5e-3;
    private static final int TEST_BATCHES = 16;

    private ReverseSequences() {}

    /** Runs the study; the first argument, if any, is the seed. */
    public static void main(String[] args) {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : 1;
        Backend backend = Backends.automatic();
        List<Translator> translators = List.of(
                RecurrentTranslator.additive(WIDTH),
                RecurrentTranslator.luong(WIDTH, "dot", new Score.Dot()),
                RecurrentTranslator.luong(WIDTH, "general", new Score.General()),
                RecurrentTranslator.luong(WIDTH, "concat", new Score.Concat(WIDTH)));
        for (Translator translator : translators) {
            System.out.println(translator.name());
            long begin = System.nanoTime();
            SequenceStudy study =
                    new SequenceStudy(backend, new ReversedDigits(DIGITS), translator, BATCH, STEPS, RATE);
            var learned = study.train(seed);
            Random unseen = new Random(seed + 1);
            double exact = 0;
            for (int i = 0; i < TEST_BATCHES; i++) {
                exact += study.answer(learned, unseen).exact() / TEST_BATCHES;
            }
            System.out.printf(
                    "  %.2f%% of %d unseen sequences right, %.0f s%n",
                    100 * exact, TEST_BATCHES * BATCH, (System.nanoTime() - begin) / 1e9);
        }
    }
}
