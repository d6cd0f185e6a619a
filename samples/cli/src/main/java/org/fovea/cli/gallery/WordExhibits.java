package org.fovea.cli.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.attention.AdditiveAttention;
import org.fovea.core.attention.Alignment;
import org.fovea.core.attention.AttentionDecoder;
import org.fovea.core.attention.LuongAttention;
import org.fovea.core.attention.MemoryNetwork;
import org.fovea.core.attention.Score;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.ElmanCell;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.Panels;

/** Attention between words. */
final class WordExhibits {
    private static final List<String> ENGLISH = List.of("the", "black", "cat", "drinks", "warm", "milk");
    private static final List<String> FRENCH = List.of("le", "chat", "noir", "boit", "du", "lait", "chaud");
    /** English words that each French word can mean. */
    private static final float[][] MEANING = {
        {1, 0, 0, 0, 0, 0},
        {0, 0, 1, 0, 0, 0},
        {0, 1, 0, 0, 0, 0},
        {0, 0, 0, 1, 0, 0},
        {0.5f, 0, 0, 0, 0, 0.6f},
        {0, 0, 0, 0, 0, 1},
        {0, 0, 0, 0, 1, 0}
    };

    private static final int SOURCE = 6;
    private static final int TARGET = 7;

    private WordExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "additive",
                        "Additive attention aligns a translation",
                        "A small net with one hidden layer scores how well each word read fits the word to be written, and a"
                                + " softmax makes shares of the scores. Each row is a French word: adjective and noun change"
                                + " places twice, and \"du\" hesitates between two English words.",
                        List.of(Paper.arxiv("Bahdanau et al. 2015", "1409.0473")),
                        List.of(AdditiveAttention.class),
                        WordExhibits::additive),
                new Exhibit(
                        "decoder",
                        "A recurrent decoder that looks before each step",
                        "The state of the decoder asks, what it reads goes into its next state, and so each look decides where the"
                                + " next one goes. This one is set to look one letter to the left of where it looked last: it"
                                + " spells the word backwards.",
                        List.of(Paper.arxiv("Bahdanau et al. 2015, appendix A.2.2", "1409.0473")),
                        List.of(AttentionDecoder.class),
                        WordExhibits::decoder),
                new Exhibit(
                        "luong",
                        "Luong's scores and windows",
                        "A state is compared with every place by a dot product, through a matrix or by a small net; or only with places"
                                + " near its own step (local-m) or near a place it predicts (local-p). The same translation"
                                + " five times: the windows forget what lies outside them.",
                        List.of(Paper.arxiv("Luong et al. 2015", "1508.04025")),
                        List.of(LuongAttention.class),
                        WordExhibits::luong),
                new Exhibit(
                        "memory-network",
                        "A memory network reads twice",
                        "The question reads from all sentences at once, what it reads is added to it, and it reads again, each time"
                                + " through other word tables. Asked where the milk is, the first hop finds who took it and the"
                                + " second where he went.",
                        List.of(Paper.arxiv("Sukhbaatar et al. 2015", "1503.08895")),
                        List.of(MemoryNetwork.class),
                        WordExhibits::memory));
    }

    private static RgbImage additive(Studio studio) {
        Sketch sketch = Weights.common(studio.sketch(), SOURCE, SOURCE, 2.2);
        AttentionOutput read = new AdditiveAttention(SOURCE)
                .build(
                        sketch.scope(),
                        sketch.given(Weights.joined(MEANING), 1, TARGET, SOURCE),
                        sketch.given(Weights.identity(SOURCE, SOURCE, 1), 1, SOURCE, SOURCE));
        return matrix(sketch.show("weights", read.weights()).run().get("weights"));
    }

    private static RgbImage matrix(Tensor weights) {
        return AlignmentMatrix.of(weights.reshape(TARGET, SOURCE), FRENCH, ENGLISH)
                .withAxes("written", "read")
                .withRange(0, 1)
                .draw();
    }

    private static RgbImage decoder(Studio studio) {
        List<String> letters = Arrays.asList("attention".split(""));
        int n = letters.size();
        int state = n + 1; // the last element says that nothing has been read yet
        Sketch sketch = Weights.common(studio.sketch(), n, state, 2.2)
                .weight("query.weight", Weights.shifted(n, state, 1, 2.5))
                .weight("cell.input.weight", Weights.shifted(state, 1 + n, 1, 2.5))
                .weight("cell.state.weight", Weights.all(state * state, 0));
        float[] start = new float[state];
        start[n] = 1;
        AttentionDecoder block =
                new AttentionDecoder(new ElmanCell(state, ElmanCell.Function.TANH), new AdditiveAttention(n));
        Value words = sketch.given(new float[n], 1, n, 1);
        Value memory = sketch.given(Weights.identity(n, n, 1), 1, n, n);
        AttentionDecoder.Result read =
                block.build(sketch.scope(), words, memory, CellState.of(sketch.given(start, 1, state)));
        float[] weights =
                sketch.show("weights", read.weights()).run().get("weights").toFloats();
        List<String> spelt = new ArrayList<>();
        for (int t = 0; t < n; t++) {
            spelt.add(letters.get(Likeliest.of(weights, t * n, n)));
        }
        return AlignmentMatrix.of(Tensor.of(weights, n, n), spelt, letters)
                .withAxes("written, step by step", "read")
                .withRange(0, 1)
                .draw();
    }

    private static RgbImage luong(Studio studio) {
        Alignment global = new Alignment.Global();
        Score dot = new Score.Dot();
        return Panels.inColumns(3)
                .with("dot, everywhere", luong(studio, dot, global))
                .with("general, set to swap neighbors", luong(studio, new Score.General(), global))
                .with("concat, everywhere", luong(studio, new Score.Concat(SOURCE + 1), global))
                .with("local-m: at most 1 from its own step", luong(studio, dot, new Alignment.Monotonic(1)))
                .with("local-p: near a predicted place", luong(studio, dot, new Alignment.Predictive(2, 1)))
                .draw();
    }

    /**
     * Draws Luong attention. Queries and memory hold meanings times three; the last element of a query is the progress in the
     * sentence.
     */
    private static RgbImage luong(Studio studio, Score score, Alignment alignment) {
        int width = SOURCE + 1;
        float[] queries = new float[TARGET * width];
        float[] memory = new float[SOURCE * width];
        float[] swap = new float[width * width];
        double steepness = 8; // weights of the position predictor: σ(steepness·tanh(x))
        for (int t = 0; t < TARGET; t++) {
            for (int s = 0; s < SOURCE; s++) {
                queries[t * width + s] = 1.8f * MEANING[t][s];
            }
            double done = (t + 0.5) / TARGET;
            double logit = Math.log(done / (1 - done)) / steepness;
            queries[t * width + SOURCE] = (float) (0.5 * Math.log((1 + logit) / (1 - logit)));
        }
        for (int s = 0; s < SOURCE; s++) {
            memory[s * width + s] = 1.8f;
            swap[s * width + (s ^ 1)] = 1;
        }
        float[] position = new float[width];
        position[SOURCE] = 1;
        float[] concat = Weights.identity(width, width, 1.4);
        concat[width * width - 1] = 0; // ignores the progress in the sentence
        Sketch sketch = studio.sketch()
                .weight("general.weight", swap)
                .weight("position.weight", position)
                .weight("position_score.weight", (float) steepness)
                .weight("query.weight", concat)
                .weight("keys.weight", concat)
                .weight("keys.bias", Weights.all(width, -3.75))
                .weight("score.weight", Weights.all(width, 2.2));
        AttentionOutput read = new LuongAttention(score, alignment)
                .build(sketch.scope(), sketch.given(queries, 1, TARGET, width), sketch.given(memory, 1, SOURCE, width));
        return matrix(sketch.show("weights", read.weights()).run().get("weights"));
    }

    private static RgbImage memory(Studio studio) {
        List<String> story = List.of(
                "Mary went to the kitchen", "John took the milk", "John went to the garden", "Mary took the apple");
        List<String> words = List.of(
                "mary", "john", "went", "took", "to", "the", "kitchen", "garden", "milk", "apple", "where", "is");
        int length = 5;
        int[] ids = new int[story.size() * length];
        for (int i = 0; i < story.size(); i++) {
            String[] each = story.get(i).toLowerCase(Locale.ROOT).split(" ");
            for (int j = 0; j < each.length; j++) {
                ids[i * length + j] = words.indexOf(each[j]) + 1;
            }
        }
        int[] question = {words.indexOf("where") + 1, words.indexOf("is") + 1, words.indexOf("milk") + 1};
        int width = 6; // queries for milk, apple, mary, john, a movement, a place
        float[] first = new float[words.size() * width];
        float[] second = new float[words.size() * width];
        float[] third = new float[words.size() * width];
        first[words.indexOf("milk") * width] = 2;
        first[words.indexOf("apple") * width + 1] = 2;
        first[words.indexOf("where") * width + 4] = 2;
        second[words.indexOf("mary") * width + 2] = 2;
        second[words.indexOf("john") * width + 3] = 2;
        second[words.indexOf("went") * width + 4] = 2;
        third[words.indexOf("garden") * width + 5] = 3;
        third[words.indexOf("kitchen") * width + 5] = -3;
        Sketch sketch = studio.sketch()
                .weight("words.0", first)
                .weight("words.1", second)
                .weight("words.2", third)
                .weight("times.0", new float[story.size() * width])
                .weight("times.1", new float[story.size() * width])
                .weight("times.2", new float[story.size() * width]);
        MemoryNetwork.Result read = new MemoryNetwork(
                        words.size() + 1, width, 2, MemoryNetwork.Tables.ADJACENT, MemoryNetwork.Encoding.BAG)
                .build(
                        sketch.scope(),
                        sketch.given(Tensor.of(ids, 1, story.size(), length)),
                        sketch.given(Tensor.of(question, 1, question.length)));
        Map<String, Tensor> out = sketch.show("hop1", read.weights().get(0))
                .show("hop2", read.weights().get(1))
                .show("answer", read.answer().argMax(1))
                .run();
        String answer = words.get((int) out.get("answer").toLongs()[0] - 1);
        float[] one = out.get("hop1").toFloats();
        float[] two = out.get("hop2").toFloats();
        float[][] both = new float[story.size()][];
        Arrays.setAll(both, i -> new float[] {one[i], two[i]});
        RgbImage picture = AlignmentMatrix.of(both, story, List.of("hop 1", "hop 2"))
                .withRange(0, 1)
                .draw();
        return Panels.inColumns(1)
                .with("Where is the milk? It answers: " + answer, picture)
                .draw();
    }
}
