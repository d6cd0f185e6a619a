package org.fovea.samples.quickstart.sequences;

import java.util.List;
import java.util.Random;
import org.fovea.core.backend.Backend;
import org.fovea.core.engine.Backends;

/**
 * Puts written dates into ISO form, once by a recurrent net with additive attention, once by a small Transformer; each is
 * scored on 2,048 dates of days it never saw. Takes a few minutes.
 */
public final class TranslateDates {
    private static final int BATCH = 64;
    private static final int TEST_BATCHES = 32;

    private TranslateDates() {}

    /** Runs the study; the first argument, if any, is the seed. */
    public static void main(String[] args) {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : 1;
        Backend backend = Backends.automatic();
        run(backend, RecurrentTranslator.additive(64), 2000, 4e-3, seed);
        run(backend, new TransformerTranslator(64, 4, 2), 4000, 2e-3, seed);
    }

    private static void run(Backend backend, Translator translator, int steps, double rate, long seed) {
        System.out.println(translator.name());
        long begin = System.nanoTime();
        var learned = new SequenceStudy(
                        backend, new WrittenDates(WrittenDates.Part.TRAINING), translator, BATCH, steps, rate)
                .train(seed);
        SequenceStudy test =
                new SequenceStudy(backend, new WrittenDates(WrittenDates.Part.TEST), translator, BATCH, steps, rate);
        Random unseen = new Random(seed + 1);
        double exact = 0;
        SequenceStudy.Answers last = null;
        for (int i = 0; i < TEST_BATCHES; i++) {
            last = test.answer(learned, unseen);
            exact += last.exact() / TEST_BATCHES;
        }
        System.out.printf(
                "  %.2f%% of %d unseen dates exact, %.0f s%n",
                100 * exact, TEST_BATCHES * BATCH, (System.nanoTime() - begin) / 1e9);
        for (int i : List.of(0, 1, 2)) {
            System.out.println("  " + last.asked().get(i).question() + " -> "
                    + last.given().get(i));
        }
    }
}
