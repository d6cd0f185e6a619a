package org.fovea.core.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.attention.ImageAttention;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LearnedPositions;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** A block between the layouts of DeepLearning4j: images {@code [B, C, H, W]}, sequences {@code [B, C, T]}. */
sealed interface LayerBlock {
    /**
     * Adds the block to a graph.
     *
     * @param x input in DeepLearning4j's layout, with the batch
     * @param mask mask {@code [B, T]} of an input of sequences: nonzero for existing steps
     * @return result in DeepLearning4j's layout
     */
    Value build(Scope scope, Value x, Optional<Value> mask);

    /** Mechanism, after which errors name the layer. */
    Record mechanism();

    /** Initial values of parameters with special ones, by name. */
    default Map<String, Tensor> initial(Map<String, Shape> shapes) {
        return Map.of();
    }

    /** Returns whether the input consists of sequences rather than images. */
    default boolean readsSequences() {
        return false;
    }

    /** Minimum length of a sequence. */
    default int leastSteps() {
        return 1;
    }

    /** Name of the mechanism in errors. */
    default String name() {
        return mechanism().getClass().getSimpleName();
    }

    /** Attention within images. */
    record OfImages(ImageAttention attention) implements LayerBlock {
        @Override
        public Value build(Scope scope, Value x, Optional<Value> mask) {
            return attention.build(scope, x).values();
        }

        @Override
        public Record mechanism() {
            return (Record) attention;
        }

        @Override
        public Map<String, Tensor> initial(Map<String, Shape> shapes) {
            return attention.initial(Scope.of(new Graph()));
        }
    }

    /** Attention of an image's places to each other. */
    record OfGrids(SelfAttention attention) implements LayerBlock {
        @Override
        public Value build(Scope scope, Value x, Optional<Value> mask) {
            Value grid = x.permute(0, 2, 3, 1); // [B, H, W, C]
            return attention.build(scope, grid).values().permute(0, 3, 1, 2); // [B, C, H, W]
        }

        @Override
        public Record mechanism() {
            return (Record) attention;
        }
    }

    /** Images to sequences of patches, with a learned vector for each place where asked for. */
    record OfPatches(PatchEmbedding embedding, boolean positions) implements LayerBlock {
        @Override
        public Value build(Scope scope, Value x, Optional<Value> mask) {
            Value tokens = embedding.build(scope.child("patches"), x);
            Value placed = positions ? new LearnedPositions(tokens.shape().dim(1)).build(scope, tokens, 0) : tokens;
            return placed.permute(0, 2, 1); // [B, width, T]
        }

        @Override
        public Record mechanism() {
            return embedding;
        }
    }

    /** Images sampled anew. */
    record Sampled(SpatialTransformer transformer) implements LayerBlock {
        @Override
        public Value build(Scope scope, Value x, Optional<Value> mask) {
            return transformer.build(scope, x).image();
        }

        @Override
        public Record mechanism() {
            return transformer;
        }

        @Override
        public Map<String, Tensor> initial(Map<String, Shape> shapes) {
            return transformer.initial(
                    Scope.of(new Graph()), shapes.get("theta.weight").dim(1));
        }
    }

    /** Blocks over sequences; steps that a mask hides are not read and yield zeros. */
    sealed interface OfSequences extends LayerBlock {
        /**
         * Adds the block.
         *
         * @param x {@code [B, T, C]}
         * @param seen {@code [B, 1, 1, T]} of 0 and -∞, to be added to the scores of keys; none without a mask
         * @return {@code [B, T, width]}
         */
        Value tokens(Scope scope, Value x, Value... seen);

        @Override
        default Value build(Scope scope, Value x, Optional<Value> mask) {
            Value tokens = x.permute(0, 2, 1); // [B, T, C]
            if (mask.isEmpty()) {
                return tokens(scope, tokens).permute(0, 2, 1);
            }
            int batch = x.shape().dim(0);
            int steps = x.shape().dim(2);
            Value seen = Masks.seen(mask.get()).reshape(batch, 1, 1, steps);
            Value there = mask.get().reshape(batch, steps, 1);
            return tokens(scope, tokens, seen).multiply(there).permute(0, 2, 1); // [B, width, T]
        }

        @Override
        default boolean readsSequences() {
            return true;
        }
    }

    /** Attention of steps to each other. */
    record OfSteps(SelfAttention attention) implements OfSequences {
        @Override
        public Value tokens(Scope scope, Value x, Value... seen) {
            return attention.build(scope, x, seen).values(); // [B, T, C]
        }

        @Override
        public Record mechanism() {
            return (Record) attention;
        }
    }

    /** A transformer block. */
    record Transformer(TransformerBlock block) implements OfSequences {
        @Override
        public Value tokens(Scope scope, Value x, Value... seen) {
            return block.build(scope, x, seen).values(); // [B, T, C]
        }

        @Override
        public Record mechanism() {
            return block;
        }
    }

    /**
     * Attention of steps, the nodes of one graph, to their neighbors.
     *
     * @param sources index of the node that each edge is read from, from 0
     * @param targets index of the node that reads
     */
    record OfNodes(GraphAttention attention, List<Integer> sources, List<Integer> targets) implements OfSequences {
        /** Checks the edges. */
        public OfNodes {
            boolean fits = sources.size() == targets.size()
                    && Stream.of(sources, targets).flatMap(List::stream).allMatch(node -> node >= 0);
            if (!fits) {
                throw new IllegalArgumentException(
                        "GraphAttention: edges must have a source and a target each, nodes from 0, got " + sources
                                + " and " + targets);
            }
        }

        /** Creates a block with edges from arrays. */
        static OfNodes of(GraphAttention attention, int[] sources, int[] targets) {
            return new OfNodes(attention, list(sources), list(targets));
        }

        private static List<Integer> list(int[] nodes) {
            return Arrays.stream(nodes).boxed().toList();
        }

        @Override
        public Value tokens(Scope scope, Value x, Value... seen) {
            Value[] hidden = Arrays.stream(seen)
                    .map(s -> s.reshape(x.shape().dim(0), x.shape().dim(1), 1)) // [B, T, 1]
                    .toArray(Value[]::new);
            return attention
                    .build(scope, x, ends(scope, sources), ends(scope, targets), hidden)
                    .values(); // [B, T, heads·width] or [B, T, width]
        }

        private static Value ends(Scope scope, List<Integer> nodes) {
            int[] all = nodes.stream().mapToInt(Integer::intValue).toArray();
            return scope.graph().constant(Tensor.of(all, all.length));
        }

        @Override
        public int leastSteps() {
            return 1
                    + Stream.of(sources, targets)
                            .flatMap(List::stream)
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElse(0);
        }

        @Override
        public Record mechanism() {
            return attention;
        }
    }
}
