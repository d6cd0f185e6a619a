package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loader on what is no image of a class: sentences, as token ids. */
class BatchLoaderTest {
    /** Sentences of 1 to 3 words; a word that is no number is broken. */
    private record Sentences(List<String> all) implements Dataset<String> {
        @Override
        public String name() {
            return "sentences";
        }

        @Override
        public int size() {
            return all.size();
        }

        @Override
        public String get(int index) {
            return all.get(index);
        }
    }

    /** Rows of ids, of which one word in two is masked with 0; what happens to a batch as a whole is its own number. */
    private static final class Tokens implements BatchFormat<String, List<Integer>, List<List<Integer>>> {
        @Override
        public String name(String sample) {
            return "\"" + sample + "\"";
        }

        @Override
        public List<Integer> read(String sample) throws IOException {
            try {
                return List.of(sample.split(" ")).stream().map(Integer::valueOf).toList();
            } catch (NumberFormatException e) {
                throw new IOException("no id", e);
            }
        }

        @Override
        public long bytes(List<Integer> read) {
            return 4L * read.size();
        }

        @Override
        public List<List<Integer>> batch(
                Iterator<Item<String, List<Integer>>> items, int atMost, int epoch, RandomGenerator random) {
            List<List<Integer>> out = new ArrayList<>();
            while (items.hasNext()) {
                Item<String, List<Integer>> item = items.next();
                out.add(item.read().stream()
                        .map(id -> item.random().nextBoolean() ? id : 0)
                        .toList());
            }
            assertTrue(out.size() <= atMost);
            out.add(List.of(random.nextInt()));
            return out;
        }
    }

    private static Sentences sentences(int count) {
        return new Sentences(IntStream.range(1, count + 1)
                .mapToObj(i -> i + " " + 2 * i + " " + 3 * i)
                .toList());
    }

    private static <B> List<B> read(BatchSource<B> source, int epoch, int first) {
        List<B> out = new ArrayList<>();
        try (BatchIterator<B> batches = source.batches(epoch, first)) {
            batches.forEachRemaining(out::add);
        }
        return out;
    }

    private static List<List<List<Integer>>> shuffled(LoaderOptions options, int epoch, int first) {
        try (BatchLoader<List<List<Integer>>> loader = BatchLoader.shuffled(sentences(22), new Tokens(), options)) {
            return read(loader, epoch, first);
        }
    }

    @Test
    void batchesOfAnyKindAreTheSameWhateverTheThreadsAndGoOnAnywhere() {
        LoaderOptions four = LoaderOptions.of(4, 7);
        List<List<List<Integer>>> one = shuffled(four.withThreads(1).withBatchesAhead(1), 3, 0);
        assertEquals(5, one.size());
        assertEquals(one, shuffled(four.withThreads(4).withBatchesAhead(8), 3, 0));
        assertEquals(one, shuffled(four.withCacheBytes(0), 3, 0));
        assertEquals(one.subList(2, 5), shuffled(four, 3, 2));
        assertNotEquals(one, shuffled(four, 4, 0));
        assertNotEquals(one, shuffled(LoaderOptions.of(4, 8), 3, 0));
    }

    @Test
    void brokenSamplesAreNamedAndLeftOutOfEvaluation() {
        Sentences some = new Sentences(List.of("1", "two", "3"));
        try (BatchLoader<List<List<Integer>>> loader =
                BatchLoader.inOrder(some, new Tokens(), LoaderOptions.of(2, 1))) {
            List<List<List<Integer>>> batches = read(loader, 0, 0);
            assertEquals(List.of(2, 2), batches.stream().map(List::size).toList()); // each with its own number
            BrokenImage broken = loader.broken().get(0);
            assertEquals("\"two\"", broken.name());
            assertTrue(broken.problem().startsWith("reading failed: "), broken.problem());
        }
    }

    @Test
    void generatedBatchesAreMadeByTheirNumber() {
        BatchSource<Integer> source = BatchSource.generated(1, 3, epoch -> number -> 10 * epoch + number);
        assertEquals(List.of(20, 21, 22), read(source, 2, 0));
        assertEquals(List.of(22), read(source, 2, 2));
    }
}
