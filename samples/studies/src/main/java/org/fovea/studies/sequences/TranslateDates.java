package org.fovea.studies.sequences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.engine.Backends;

/**
 * Puts written dates into ISO form, once by a recurrent net with additive attention, once by a small Transformer; each is
 * scored on 2,048 dates of days it never saw. Takes a few minutes.
 *
 * <p>Given a folder, it draws there which letters each character of a few answers looked at: {@code
 * translate-dates-recurrent.png} and {@code translate-dates-transformer.png}, the latter the mean over the heads of the last
 * block's attention to the question.
 */
public final class TranslateDates {
    private static final int BATCH = 64;
    private static final int TEST_BATCHES = 32;

    private TranslateDates() {}

    /**
     * Runs the study.
     *
     * @param args the seed, by default 1, then the folder for the pictures, by default none
     * @throws IOException when a picture cannot be written
     */
    public static void main(String[] args) throws IOException {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : 1;
        Optional<Path> pictures = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
        if (pictures.isPresent()) {
            Files.createDirectories(pictures.get()); // fails now rather than after minutes
        }
        Backend backend = Backends.automatic();
        SequenceStudy.Answers recurrent = run(backend, RecurrentTranslator.additive(64), 2000, 4e-3, seed);
        draw(recurrent, pictures, "translate-dates-recurrent.png");
        SequenceStudy.Answers transformer = run(backend, new TransformerTranslator(64, 4, 2), 4000, 2e-3, seed);
        draw(transformer, pictures, "translate-dates-transformer.png");
    }

    private static void draw(SequenceStudy.Answers answers, Optional<Path> folder, String name) throws IOException {
        if (folder.isPresent()) {
            AlignmentPicture.of(answers, shown(answers)).writePng(folder.get().resolve(name));
        }
    }

    /** Answers that are shown: three and that to the longest question. */
    private static List<Integer> shown(SequenceStudy.Answers answers) {
        int longest = IntStream.range(0, BATCH)
                .boxed()
                .max(Comparator.comparing(i -> answers.asked().get(i).question().length()))
                .orElseThrow();
        return Stream.of(0, 1, 2, longest).distinct().toList();
    }

    private static SequenceStudy.Answers run(
            Backend backend, Translator translator, int steps, double rate, long seed) {
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
        for (int i : shown(last)) {
            System.out.println("  " + last.asked().get(i).question() + " -> "
                    + last.given().get(i));
        }
        return last;
    }
}
