package org.fovea.captioning.model;

import java.util.ArrayList;
import java.util.List;
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
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;

/**
 * The recurrent captioner that looks before each word: an LSTM over words and what it looked at, started from the mean of the
 * places, with a gated attention, soft or hard, and a deep output layer.
 *
 * <p>Departure from the paper: the deep output has a tanh, as the authors' code has.
 *
 * @param embedding width of a word's vector
 * @param hidden width of the LSTM
 * @param alignment units of the attention
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015</a>
 */
public record ShowAttendTell(int vocabulary, int positions, int embedding, int hidden, int alignment, Looking looking)
        implements WordDecoder {
    private static final String MEMORY = "memory";
    private static final String PROJECTED = "projected";
    private static final String STARTED = "started";
    private static final String OUTPUT = "output";
    private static final String CELL = "cell";

    /** Kind of attention. */
    public enum Looking {
        /** A weighted mean of all places. */
        SOFT,
        /** One place, drawn in training and the likeliest in use. */
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
    public List<String> caches() {
        return List.of(STARTED, OUTPUT, CELL);
    }

    @Override
    public Written write(Scope scope, Value features, Value before, Chance chance) {
        int rows = before.shape().dim(0);
        int steps = before.shape().dim(1);
        Value memory = Repeat.rows(features, rows); // [rows, L, E]
        HardGaze hard = new HardGaze(alignment, chance.gumbel(), chance.soft());
        AttentionDecoder decoder = decoder(hard);
        Scope at = scope.child("decoder");
        Value projected = Repeat.rows(decoder.project(at, features), rows); // [rows, L, alignment]
        CellState state = start(scope, memory);
        Scope again = scope.shared();
        TokenEmbedding table = new TokenEmbedding(vocabulary, embedding);
        Steps all = new Steps();
        for (int t = 0; t < steps; t++) {
            Value word = table.build(again.child("words"), before.slice(1, t, t + 1)); // [rows, 1, C]
            if (t > 0 && chance.own().isPresent()) {
                word = OwnWords.instead(table.build(again.child("words"), all.picked.get(t - 1)), word, chance, t);
            }
            AttentionDecoder.Result now =
                    decoder.step(again.child("decoder"), word.reshape(rows, embedding), projected, memory, state);
            state = now.last();
            all.add(word, now);
            if (chance.own().isPresent()) {
                all.picked.add(OwnWords.pick(deepOutput(again, word, now.states(), now.contexts()), chance, t));
            }
        }
        Value logits = deepOutput(again, join(all.words), join(all.states), join(all.contexts));
        Optional<Value> picked = chance.own().map(own -> join(all.picked));
        return new Written(logits, oneHead(join(all.weights)), picked, hard.gaze(steps));
    }

    /** Results of the steps, each {@code [rows, 1, ...]}. */
    private static final class Steps {
        private final List<Value> words = new ArrayList<>();
        private final List<Value> states = new ArrayList<>();
        private final List<Value> contexts = new ArrayList<>();
        private final List<Value> weights = new ArrayList<>();
        private final List<Value> picked = new ArrayList<>();

        void add(Value word, AttentionDecoder.Result now) {
            words.add(word);
            states.add(now.states());
            contexts.add(now.contexts());
            weights.add(now.weights());
        }
    }

    @Override
    public void look(Scope scope, Value features) {
        Graph graph = features.graph();
        keep(graph, MEMORY, features);
        keep(graph, PROJECTED, decoder(new HardGaze(alignment)).project(scope.child("decoder"), features));
    }

    @Override
    public Written step(Scope scope, StepInputs inputs, int places, int features) {
        Graph graph = scope.graph();
        int rows = inputs.ids().shape().dim(0);
        Value memory = Repeat.rows(graph.state(MEMORY, inputs.images(), places, features), rows);
        Value projected = Repeat.rows(graph.state(PROJECTED, inputs.images(), places, alignment), rows);
        Value started = graph.state(STARTED, rows, 1); // 0 at the first word
        Value output = graph.state(OUTPUT, rows, hidden);
        Value cell = graph.state(CELL, rows, hidden);
        CellState first = start(scope, memory);
        CellState state = new CellState(started.select(output, first.output()), started.select(cell, first.memory()));
        Value word = new TokenEmbedding(vocabulary, embedding).build(scope.child("words"), inputs.ids());
        AttentionDecoder.Result now = decoder(new HardGaze(alignment))
                .step(scope.child("decoder"), word.reshape(rows, embedding), projected, memory, state);
        graph.update(started, graph.fill(1, rows, 1));
        graph.update(output, now.last().output());
        graph.update(cell, now.last().memory());
        Value logits = deepOutput(scope, word, now.states(), now.contexts());
        return new Written(logits, oneHead(now.weights()), Optional.empty(), Optional.empty());
    }

    private AttentionDecoder decoder(HardGaze hard) {
        SequenceAttention attention = looking == Looking.HARD ? hard : new CaptionAttention(alignment);
        return new AttentionDecoder(new LstmCell(hidden), attention);
    }

    /** The state before the first word, from the mean of the places. */
    private CellState start(Scope scope, Value memory) {
        Value mean = memory.mean(false, 1); // [rows, E]
        LinearLayer map = new LinearLayer(hidden, true);
        return new CellState(
                map.build(scope.child("start.output").enter(), mean).tanh(),
                map.build(scope.child("start.memory").enter(), mean).tanh());
    }

    /** Scores of the words after {@code [rows, T, V]}, from the word before, the state and what was looked at. */
    private Value deepOutput(Scope scope, Value word, Value state, Value context) {
        LinearLayer map = new LinearLayer(embedding, false);
        Value sum = word.add(new LinearLayer(embedding, true)
                        .build(scope.child("deep.state").enter(), state))
                .add(map.build(scope.child("deep.context").enter(), context));
        return new LinearLayer(vocabulary, true).build(scope.child("scores").enter(), scope.dropout(sum.tanh()));
    }

    private static void keep(Graph graph, String name, Value next) {
        graph.update(graph.state(name, next.shape().toArray()), next);
    }

    private static Value oneHead(Value weights) {
        return weights.reshape(
                weights.shape().dim(0),
                weights.shape().dim(1),
                1,
                1,
                weights.shape().dim(2));
    }

    private static Value join(List<Value> steps) {
        return steps.get(0).concat(1, steps.subList(1, steps.size()).toArray(Value[]::new));
    }
}
