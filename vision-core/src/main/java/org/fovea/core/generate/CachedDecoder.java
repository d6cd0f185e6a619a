package org.fovea.core.generate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.tensor.Tensor;

/**
 * A {@link TextModel} that runs: looks once for each image, keeps keys and values in place, and has a compiled step for each
 * batch and each range of lengths. Thread-safe; holds native memory until it is closed.
 */
public final class CachedDecoder implements AutoCloseable {
    private static final int SHORTEST = 16;
    /**
     * Maximum length of a prompt that is fed through the program for single steps. A program of its own pays off for longer
     * prompts only, since its weights must be packed.
     */
    private static final int LONGEST_STEPPED = 8;

    private record Look(int images, int capacity) {}

    private final TextModel model;
    private final ProgramCache<Look> looks;
    private final ProgramCache<TextModel.Step> steps;

    /**
     * Creates a decoder whose programs are compiled at their first use.
     *
     * @param owner name of the owning object, for errors
     */
    public CachedDecoder(String owner, TextModel model, Backend backend, WeightSource weights, Precision precision) {
        this(owner, model, backend, weights, precision, DecoderWeights.SAME);
    }

    /** Creates a decoder with a choice of number format for the steps' weights. */
    public CachedDecoder(
            String owner,
            TextModel model,
            Backend backend,
            WeightSource weights,
            Precision precision,
            DecoderWeights ofSteps) {
        this.model = model;
        this.looks = new ProgramCache<>(
                owner, key -> backend.compile(model.look(key.images(), key.capacity()), weights, precision));
        this.steps =
                new ProgramCache<>(owner, key -> backend.compile(model.step(key), weights, ofSteps.steps(precision)));
    }

    /** Model of this decoder. */
    public TextModel model() {
        return model;
    }

    /** Compiles the programs that {@link #start} needs for these arguments, so that other work can run meanwhile. */
    public void prepare(int images, int texts, int maxLength, boolean attention) {
        int capacity = capacity(maxLength);
        look(images, capacity);
        steps.get(new TextModel.Step(images, texts, 1, capacity, attention));
    }

    /**
     * Encodes images and starts their texts.
     *
     * @param inputs inputs of the encoder's graph
     * @param images number of images in the batch
     * @param texts number of texts for each image
     * @param maxLength maximum number of tokens of a text
     * @param attention whether each step returns attention weights
     */
    public DecoderSession start(Map<String, Tensor> inputs, int images, int texts, int maxLength, boolean attention) {
        int capacity = capacity(maxLength);
        ProgramSession seen = look(images, capacity).openSession();
        try {
            seen.run(inputs);
            return new Session(seen, new TextModel.Step(images, texts, 0, capacity, attention));
        } catch (RuntimeException | Error e) {
            seen.close();
            throw e;
        }
    }

    private Program look(int images, int capacity) {
        return looks.get(new Look(images, model.leading() > 0 ? capacity : 0));
    }

    /** Capacity of the caches for the tokens of a text: a power of two, so that few programs serve all lengths. */
    private int capacity(int maxLength) {
        int most = Math.min(maxLength, model.positions());
        int room = SHORTEST;
        while (room < most) {
            room *= 2;
        }
        return Math.min(room, model.positions());
    }

    @Override
    public void close() {
        try {
            looks.close();
        } finally {
            steps.close();
        }
    }

    /** One batch of texts. */
    private final class Session implements DecoderSession {
        private final TextModel.Step size;
        private ProgramSession session;
        private int stepTokens; // number of tokens that the session's program processes; 0 for the encoder's
        private int length;
        private Tensor attention;

        Session(ProgramSession seen, TextModel.Step size) {
            this.session = seen;
            this.size = size;
        }

        @Override
        public int rows() {
            return size.rows();
        }

        @Override
        public int vocabulary() {
            return model.vocabulary();
        }

        @Override
        public Tensor step(int[][] tokens) {
            int count = tokens[0].length;
            if (count > LONGEST_STEPPED) {
                return stepAtOnce(tokens);
            }
            Tensor out = null;
            for (int i = 0; i < count; i++) {
                int at = i;
                out = stepAtOnce(
                        Arrays.stream(tokens).map(row -> new int[] {row[at]}).toArray(int[][]::new));
            }
            return out;
        }

        private Tensor stepAtOnce(int[][] tokens) {
            int count = tokens[0].length;
            if (count != stepTokens) {
                goOnWith(count);
            }
            int[] ids = new int[tokens.length * count];
            for (int i = 0; i < tokens.length; i++) {
                System.arraycopy(tokens[i], 0, ids, i * count, count);
            }
            Map<String, Tensor> inputs = new HashMap<>();
            inputs.put(TextModel.IDS, Tensor.of(ids, tokens.length, count));
            inputs.put(TextModel.POSITIONS, range(length, count));
            inputs.put(TextModel.SLOTS, range(model.leading() + length, count));
            inputs.keySet().retainAll(model.stepInputs());
            Map<String, Tensor> out = session.run(inputs);
            length += count;
            attention = out.get(TextModel.ATTENTION);
            return out.get(TextModel.LOGITS);
        }

        /** Continues the session with the program for another number of tokens. */
        private void goOnWith(int tokens) {
            Program program = steps.get(
                    new TextModel.Step(size.images(), size.texts(), tokens, size.capacity(), size.attention()));
            ProgramSession next = program.openSession(session);
            session.close();
            session = next;
            if (stepTokens == 0 && model.leading() > 0 && size.texts() > 1) {
                int[] rows = new int[rows()];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = i / size.texts();
                }
                reorder(rows);
            }
            stepTokens = tokens;
        }

        @Override
        public void reorder(int... rows) {
            model.caches().forEach(cache -> session.selectRows(cache, rows));
        }

        @Override
        public Optional<Tensor> attention() {
            return Optional.ofNullable(attention);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private static Tensor range(int begin, int count) {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            out[i] = begin + i;
        }
        return Tensor.of(out, count);
    }
}
