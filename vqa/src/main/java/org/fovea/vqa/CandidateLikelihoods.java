package org.fovea.vqa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.GenerativeAnswerer;

/**
 * Answers of a list ranked by how likely a model would write them, as BLIP's authors evaluate it: those whose first words are
 * the likeliest are read whole, and the likeliest of these wins.
 *
 * @see <a href="https://arxiv.org/abs/2201.12086">Li et al. 2022, section 5.3</a>
 */
final class CandidateLikelihoods implements AutoCloseable {
    /** Maximum number of candidates whose full likelihood is computed. */
    private static final int MOST = 128;
    /** Number of candidates computed together. */
    private static final int ROWS = 16;

    private final GenerativeAnswerer model;
    private final Tokenizer tokenizer;
    private final TokenIds tokens;
    private final ProgramCache<Size> programs;
    private volatile Encoded last = new Encoded(List.of(), Map.of()); // one: whoever asks may name ever new answers

    /** Answers with their tokens from the first to the end. */
    private record Encoded(List<String> answers, Map<String, int[]> ids) {
        int[] ids(String answer) {
            return ids.get(answer);
        }
    }

    private record Ranked(String answer, double logProbability) {}

    private record Size(int answers, int tokens, int words) {}

    CandidateLikelihoods(
            GenerativeAnswerer model, PretrainedAnswerer pretrained, Tokenizer tokenizer, AnswererOptions options) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.tokens = pretrained.options().tokens();
        this.programs = new ProgramCache<>(VisualAnswerer.NAME, VisualAnswerer.MOST_PROGRAMS, size -> options.backend()
                .compile(
                        model.score(size.answers(), size.tokens(), size.words()),
                        pretrained.parameters(),
                        options.precision()));
    }

    /**
     * Checks that answers can be generated.
     *
     * @throws IllegalArgumentException when one has no tokens or too many
     */
    void check(List<String> candidates) {
        encoded(candidates);
    }

    private Encoded encoded(List<String> candidates) {
        Encoded known = last;
        if (!known.answers().equals(candidates)) {
            known = new Encoded(candidates, candidates.stream().collect(Collectors.toMap(answer -> answer, this::ids)));
            last = known;
        }
        return known;
    }

    private int[] ids(String answer) {
        int[] words = tokenizer.encodePlain(answer);
        if (words.length == 0 || words.length + 1 > positions()) {
            throw new IllegalArgumentException("ask: an answer to choose must have 1 to " + (positions() - 1)
                    + " tokens, got " + words.length + " of \"" + answer + "\"");
        }
        int[] out = new int[words.length + 2];
        out[0] = tokens.first();
        System.arraycopy(words, 0, out, 1, words.length);
        out[out.length - 1] = tokens.end().get(0);
        return out;
    }

    private int positions() {
        return model.decoder(model.paddedWords(1)).positions();
    }

    /**
     * Most likely answers to each question.
     *
     * @param read states of the questions and their mask
     */
    List<List<Answer>> of(QueryRows rows, Map<String, Tensor> read, AnswerRequest request) {
        Encoded candidates = encoded(request.candidates());
        List<List<Answer>> out = new ArrayList<>();
        for (int row = 0; row < rows.queries().size(); row++) {
            Map<String, Tensor> inputs = new HashMap<>();
            for (String name : List.of(GenerativeAnswerer.STATES, AnswererModel.QUESTION_MASK)) {
                inputs.put(name, row(read.get(name), row));
            }
            out.add(rank(inputs, rows.size().words(), candidates, request.top()));
        }
        return out;
    }

    /** One row of a batch, {@code [1, ...]}. */
    private static Tensor row(Tensor all, int row) {
        Shape shape = all.shape().with(0, 1);
        float[] values = all.toFloats();
        int each = (int) shape.size();
        return Tensor.of(Arrays.copyOfRange(values, row * each, (row + 1) * each), shape.toArray());
    }

    private List<Answer> rank(Map<String, Tensor> question, int words, Encoded candidates, int top) {
        List<String> some = promising(question, words, candidates);
        int longest =
                some.stream().mapToInt(a -> candidates.ids(a).length - 1).max().orElseThrow();
        int length = Math.min(positions(), Integer.highestOneBit(2 * longest - 1)); // few programs for all lengths
        List<Ranked> out = new ArrayList<>();
        for (int from = 0; from < some.size(); from += ROWS) {
            List<String> chunk = some.subList(from, Math.min(some.size(), from + ROWS));
            float[] logits = logits(question, chunk, candidates, new Size(ROWS, length, words));
            for (int i = 0; i < chunk.size(); i++) {
                int[] ids = candidates.ids(chunk.get(i));
                double log = 0;
                for (int t = 1; t < ids.length; t++) {
                    log += logProbability(logits, i * length + t - 1, ids[t]);
                }
                out.add(new Ranked(chunk.get(i), log));
            }
        }
        return out.stream() // by the logarithm, since probabilities of long answers may all be 0
                .sorted(Comparator.comparingDouble(each -> -each.logProbability()))
                .limit(top)
                .map(each -> new Answer(each.answer(), Math.exp(each.logProbability())))
                .toList();
    }

    /** The answers whose first token is among the likeliest, in their order. */
    private List<String> promising(Map<String, Tensor> question, int words, Encoded candidates) {
        List<String> all = candidates.answers();
        if (all.size() <= MOST) {
            return all;
        }
        float[] logits = logits(question, all.subList(0, 1), candidates, new Size(1, 1, words));
        return IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -logits[candidates.ids(all.get(i))[1]]))
                .limit(MOST)
                .sorted()
                .map(all::get)
                .toList();
    }

    /** {@code [answers, tokens, vocabulary]} */
    private float[] logits(Map<String, Tensor> question, List<String> answers, Encoded candidates, Size size) {
        int[] ids = new int[size.answers() * size.tokens()];
        for (int i = 0; i < answers.size(); i++) {
            int[] all = candidates.ids(answers.get(i));
            System.arraycopy(all, 0, ids, i * size.tokens(), Math.min(size.tokens(), all.length - 1));
        }
        Map<String, Tensor> inputs = new HashMap<>(question);
        inputs.put(GenerativeAnswerer.ANSWER, Tensor.of(ids, size.answers(), size.tokens()));
        return programs.run(size, inputs).get(AnswererModel.LOGITS).toFloats();
    }

    private double logProbability(float[] logits, int row, int token) {
        int from = row * model.vocabulary();
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < model.vocabulary(); i++) {
            most = Math.max(most, logits[from + i]);
        }
        double sum = 0;
        for (int i = 0; i < model.vocabulary(); i++) {
            sum += Math.exp(logits[from + i] - most);
        }
        return logits[from + token] - most - Math.log(sum);
    }

    @Override
    public void close() {
        programs.close();
    }
}
