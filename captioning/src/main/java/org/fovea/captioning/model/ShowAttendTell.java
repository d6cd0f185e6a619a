package org.fovea.captioning.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.attention.AttentionDecoder;
import org.fovea.core.attention.CaptionAttention;
import org.fovea.core.attention.SequenceAttention;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.LstmCell;
import org.fovea.core.nn.Repeat;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.VisionEncoder;

/**
 * The recurrent captioner that looks before each word: an LSTM over words and what it looked at, started from the mean of the
 * places, with a gated attention, soft or hard, and a deep output layer.
 *
 * <p>Departures from the paper: the deep output has a tanh, as the authors' code has; and the attention asks with the state and the
 * word before, so that after "red" it can look at what is red (the paper's state reads that word only after looking).
 *
 * @param encoder encoder whose positions are attended to: a convolutional network, a vision transformer or any other
 * @param vocabulary number of words
 * @param positions maximum number of words of a caption, the start token included
 * @param embedding width of a word's vector
 * @param hidden width of the LSTM
 * @param alignment units of the attention's hidden layer
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015</a>
 */
public record ShowAttendTell(
        VisionEncoder encoder, int vocabulary, int positions, int embedding, int hidden, int alignment, Looking looking)
        implements TrainableCaptioner {
    private static final String MEMORY = "memory";
    private static final String PROJECTED = "projected";
    private static final String STARTED = "started";
    private static final String OUTPUT = "output";
    private static final String CELL = "cell";
    private static final String WORDS = "words";
    private static final String DECODER = "decoder";

    /** Kind of attention. */
    public enum Looking {
        /** Soft attention: a weighted mean of all positions. */
        SOFT,
        /** Hard attention: a single position, sampled in training and the most likely one in inference. */
        HARD
    }

    /** Checks the sizes. */
    public ShowAttendTell {
        Check.positive("ShowAttendTell: vocabulary", vocabulary);
        Check.positive("ShowAttendTell: positions", positions);
        Check.positive("ShowAttendTell: embedding", embedding);
        Check.positive("ShowAttendTell: hidden", hidden);
        Check.positive("ShowAttendTell: alignment", alignment);
    }

    @Override
    public ShowAttendTell withEncoder(VisionEncoder other) {
        return new ShowAttendTell(other, vocabulary, positions, embedding, hidden, alignment, looking);
    }

    @Override
    public String describeDecoder() {
        return "LSTM of " + hidden + " with " + looking.name().toLowerCase(Locale.ROOT) + " attention";
    }

    @Override
    public int memoryTokens() {
        return gridRows() * gridColumns();
    }

    @Override
    public int gridRows() {
        return probe().rows();
    }

    @Override
    public int gridColumns() {
        return probe().columns();
    }

    private Tokens probe() {
        Graph graph = new Graph();
        return encoder.build(Scope.of(graph), pixels(graph, 1));
    }

    @Override
    public List<String> stepInputs() {
        return List.of(IDS);
    }

    @Override
    public List<String> caches() {
        return List.of(STARTED, OUTPUT, CELL);
    }

    @Override
    public Written write(Scope scope, int images, Value before, Chance chance) {
        return decode(scope.child(TEXT), features(scope, images), before, chance);
    }

    @Override
    public Graph teacherForced(int batch, int tokens) {
        Graph graph = new Graph();
        Written out = write(Scope.of(graph), batch, graph.indexInput(DECODER_IDS, batch, tokens), Chance.NONE);
        graph.output(OutputNames.CROSS_ATTENTIONS + ".0", out.attention().reshape(batch, 1, tokens, memoryTokens()));
        graph.output(LOGITS, out.logits());
        return graph;
    }

    @Override
    public Graph look(int images, int capacity) {
        Graph graph = new Graph();
        Value features = features(Scope.of(graph), images);
        Value projected = decoder(new HardGaze(alignment))
                .project(Scope.of(graph).child(TEXT).child(DECODER), features);
        graph.update(graph.state(MEMORY, features.shape().toArray()), features);
        graph.update(graph.state(PROJECTED, projected.shape().toArray()), projected);
        return graph;
    }

    @Override
    public Graph step(Step size) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph).child(TEXT);
        int rows = size.rows();
        int places = memoryTokens();
        Value ids = graph.indexInput(IDS, rows, size.tokens());
        Value memory = Repeat.rows(graph.state(MEMORY, size.images(), places, encoder.width()), rows);
        Value projected = Repeat.rows(graph.state(PROJECTED, size.images(), places, alignment), rows);
        Value started = graph.state(STARTED, rows, 1); // 0 for the first word
        Value output = graph.state(OUTPUT, rows, hidden);
        Value cell = graph.state(CELL, rows, hidden);
        CellState first = start(scope, memory);
        CellState state = new CellState(started.select(output, first.output()), started.select(cell, first.memory()));
        Steps steps =
                steps(scope, decoder(new HardGaze(alignment)), ids, new Seen(memory, projected), state, Chance.NONE);
        graph.update(started, graph.fill(1, rows, 1));
        graph.update(output, steps.state.output());
        graph.update(cell, steps.state.memory());
        int last = size.tokens() - 1;
        Value logits =
                deepOutput(scope.shared(), steps.words.get(last), steps.states.get(last), steps.contexts.get(last));
        graph.output(LOGITS, logits.reshape(rows, vocabulary));
        if (size.attention()) {
            graph.output(ATTENTION, steps.weights.get(last).reshape(rows, 1, 1, places));
        }
        return graph;
    }

    private Value features(Scope scope, int images) {
        return encoder.build(scope.child(VISION), pixels(scope.graph(), images)).places(); // [B, L, E]
    }

    /** Adds the decoder over features {@code [B, L, E]} and previous words {@code [rows, T]}. */
    Written decode(Scope scope, Value features, Value before, Chance chance) {
        int rows = before.shape().dim(0);
        Value memory = Repeat.rows(features, rows); // [rows, L, E]
        HardGaze hard = new HardGaze(alignment, chance.gumbel(), chance.soft());
        AttentionDecoder decoder = decoder(hard);
        Value projected = Repeat.rows(decoder.project(scope.child(DECODER), features), rows); // [rows, L, alignment]
        Steps all = steps(scope, decoder, before, new Seen(memory, projected), start(scope, memory), chance);
        Value logits = deepOutput(scope.shared(), join(all.words), join(all.states), join(all.contexts));
        Optional<Value> picked = chance.own().map(own -> join(all.picked));
        return new Written(logits, join(all.weights), picked, hard.gaze());
    }

    private Steps steps(
            Scope scope, AttentionDecoder decoder, Value before, Seen seen, CellState start, Chance chance) {
        int rows = before.shape().dim(0);
        Scope again = scope.shared();
        TokenEmbedding table = new TokenEmbedding(vocabulary, embedding);
        Steps all = new Steps(start);
        for (int t = 0; t < before.shape().dim(1); t++) {
            Value word = table.build(again.child(WORDS), before.slice(1, t, t + 1)); // [rows, 1, C]
            if (t > 0 && chance.own().isPresent()) {
                word = OwnWords.instead(table.build(again.child(WORDS), all.picked.get(t - 1)), word, chance, t);
            }
            AttentionDecoder.Result now = decoder.step(
                    again.child(DECODER), word.reshape(rows, embedding), seen.projected, seen.memory, all.state);
            all.add(word, now);
            if (chance.own().isPresent()) {
                all.picked.add(OwnWords.pick(deepOutput(again, word, now.states(), now.contexts()), chance, t));
            }
        }
        return all;
    }

    /**
     * Places for each caption.
     *
     * @param memory {@code [rows, L, E]}
     * @param projected {@code [rows, L, alignment]}
     */
    private record Seen(Value memory, Value projected) {}

    /** Results of the steps, each {@code [rows, 1, ...]}. */
    private static final class Steps {
        private final List<Value> words = new ArrayList<>();
        private final List<Value> states = new ArrayList<>();
        private final List<Value> contexts = new ArrayList<>();
        private final List<Value> weights = new ArrayList<>();
        private final List<Value> picked = new ArrayList<>();
        private CellState state;

        Steps(CellState start) {
            this.state = start;
        }

        void add(Value word, AttentionDecoder.Result now) {
            state = now.last();
            words.add(word);
            states.add(now.states());
            contexts.add(now.contexts());
            weights.add(now.weights());
        }
    }

    private AttentionDecoder decoder(HardGaze hard) {
        SequenceAttention attention = looking == Looking.HARD ? hard : new CaptionAttention(alignment);
        return new AttentionDecoder(new LstmCell(hidden), attention, true);
    }

    /** State before the first word, computed from the mean of the features. */
    private CellState start(Scope scope, Value memory) {
        Value mean = memory.mean(false, 1); // [rows, E]
        LinearLayer map = new LinearLayer(hidden, true);
        return new CellState(
                map.build(scope.child("start.output").enter(), mean).tanh(),
                map.build(scope.child("start.memory").enter(), mean).tanh());
    }

    /** Scores of the next words {@code [rows, T, V]}, from the previous word, the state and the attended context. */
    private Value deepOutput(Scope scope, Value word, Value state, Value context) {
        LinearLayer map = new LinearLayer(embedding, false);
        Value sum = word.add(new LinearLayer(embedding, true)
                        .build(scope.child("deep.state").enter(), state))
                .add(map.build(scope.child("deep.context").enter(), context));
        return new LinearLayer(vocabulary, true).build(scope.child("scores").enter(), scope.dropout(sum.tanh()));
    }

    private static Value join(List<Value> steps) {
        return steps.get(0).concat(1, steps.subList(1, steps.size()).toArray(Value[]::new));
    }
}
