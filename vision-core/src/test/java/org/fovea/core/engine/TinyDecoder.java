package org.fovea.core.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;

/** A causal Transformer of two layers, as one pass over whole sequences and as a step that appends to caches. */
final class TinyDecoder {
    static final int VOCABULARY = 11;
    static final int LAYERS = 2;
    private static final int HEADS = 2;
    private static final int HEAD_WIDTH = 8;
    private static final int WIDTH = HEADS * HEAD_WIDTH;
    private static final int POSITIONS = 16;

    /** Keys and values that a layer attends to, from those of the tokens at hand. */
    private interface Memory {
        Value of(String name, Value rows);
    }

    private TinyDecoder() {}

    /** {@code ids [B, T]} to {@code logits [B, T, VOCABULARY]}. */
    static Program full(Backend backend, Precision precision, int batch, int length) {
        Graph graph = new Graph();
        Value positions = graph.constant(Tensor.of(IntStream.range(0, length).toArray(), length));
        logits(graph, batch, length, positions, length, (name, rows) -> rows);
        return backend.compile(graph, weights(), precision);
    }

    /** {@code ids [B, tokens]} at {@code positions [tokens]} to their logits, with caches {@code layer.N.key}, {@code .value}. */
    static Program step(Backend backend, Precision precision, int batch, int tokens, int capacity) {
        Graph graph = new Graph();
        Value positions = graph.indexInput("positions", tokens);
        logits(graph, batch, tokens, positions, capacity, (name, rows) -> {
            Value cache = graph.cache(name, batch, HEADS, capacity, HEAD_WIDTH);
            Value appended = cache.scatterUpdate(2, positions, rows);
            graph.update(cache, appended);
            return appended;
        });
        return backend.compile(graph, weights(), precision);
    }

    private static void logits(Graph graph, int batch, int tokens, Value positions, int keys, Memory memory) {
        Value ids = graph.indexInput("ids", batch, tokens);
        Value table = graph.parameter("tokens", VOCABULARY, WIDTH);
        Value mask = graph.constant(causal(keys)).gather(0, positions); // [tokens, keys]
        Value x = table.gather(0, ids)
                .add(graph.parameter("positions", POSITIONS, WIDTH).gather(0, positions)); // [B, tokens, WIDTH]
        for (int layer = 0; layer < LAYERS; layer++) {
            x = layer(graph, "layer." + layer + ".", x, mask, memory);
        }
        graph.output("logits", norm(graph, "last", x).linear(table));
    }

    private static Value layer(Graph graph, String name, Value x, Value mask, Memory memory) {
        Value normed = norm(graph, name + "norm", x);
        IntFunction<Value> heads = i -> normed.linear(graph.parameter(name + "w" + i, WIDTH, WIDTH))
                .reshape(x.shape().dim(0), x.shape().dim(1), HEADS, HEAD_WIDTH)
                .permute(0, 2, 1, 3); // [B, heads, tokens, D]
        Value attended = graph.apply(
                new Attention(0.3, true),
                heads.apply(0),
                memory.of(name + "key", heads.apply(1)),
                memory.of(name + "value", heads.apply(2)),
                mask);
        Value joined = attended.permute(0, 2, 1, 3).reshape(x.shape().toArray()); // [B, tokens, WIDTH]
        Value y = x.add(joined.linear(graph.parameter(name + "out", WIDTH, WIDTH)));
        Value hidden = norm(graph, name + "norm2", y)
                .linear(graph.parameter(name + "up", 2 * WIDTH, WIDTH))
                .relu();
        return y.add(hidden.linear(graph.parameter(name + "down", WIDTH, 2 * WIDTH)));
    }

    private static Value norm(Graph graph, String name, Value x) {
        return x.layerNorm(graph.parameter(name + ".scale", WIDTH), graph.parameter(name + ".shift", WIDTH), 1e-5);
    }

    private static Tensor causal(int length) {
        float[] mask = new float[length * length];
        for (int i = 0; i < length; i++) {
            for (int j = i + 1; j < length; j++) {
                mask[i * length + j] = Float.NEGATIVE_INFINITY;
            }
        }
        return Tensor.of(mask, length, length);
    }

    private static WeightSource weights() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        Random random = new Random(1);
        out.put("tokens", normal(random, 1, VOCABULARY, WIDTH));
        out.put("positions", normal(random, 1, POSITIONS, WIDTH));
        for (int i = 0; i < LAYERS; i++) {
            String name = "layer." + i + ".";
            for (String map : List.of("w0", "w1", "w2", "out")) {
                out.put(name + map, normal(random, 0.4, WIDTH, WIDTH));
            }
            out.put(name + "up", normal(random, 0.3, 2 * WIDTH, WIDTH));
            out.put(name + "down", normal(random, 0.3, WIDTH, 2 * WIDTH));
            for (String norm : List.of("norm", "norm2")) {
                out.put(name + norm + ".scale", normal(random, 1, WIDTH));
                out.put(name + norm + ".shift", normal(random, 0.5, WIDTH));
            }
        }
        out.put("last.scale", normal(random, 1, WIDTH));
        out.put("last.shift", normal(random, 0.5, WIDTH));
        return CaseGraph.source(out);
    }

    static Tensor normal(Random random, double scale, int... sizes) {
        int count = IntStream.of(sizes).reduce(1, (a, b) -> a * b);
        return Tensor.of(
                IntStream.range(0, count)
                        .mapToDouble(i -> scale * random.nextGaussian())
                        .toArray(),
                sizes);
    }
}
