package org.fovea.core.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.attention.GraphAttention.Join;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Graph attention: the steps of {@code [B, C, T]} are the nodes of one graph, the same for all examples, and each attends to its
 * neighbours and itself; the result is {@code [B, heads·width, T]}, or {@code [B, width, T]} of their mean.
 *
 * @see org.fovea.core.attention.GraphAttention
 * @see <a href="https://arxiv.org/abs/1710.10903">Veličković et al. 2018, equations 3 to 6</a>
 */
public final class GraphAttention extends SequenceLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int heads;

    @JsonProperty
    private int width;

    @JsonProperty
    private Join join;

    @JsonProperty
    private int[] sources;

    @JsonProperty
    private int[] targets;

    private GraphAttention() {}

    private GraphAttention(Builder builder) {
        super(builder);
        heads = builder.heads;
        width = builder.width;
        join = builder.join;
        sources = builder.sources;
        targets = builder.targets;
    }

    @Override
    Value tokens(Scope scope, Value x, Value... seen) {
        Graph graph = scope.graph();
        Value from = graph.constant(Tensor.of(sources, sources.length));
        Value to = graph.constant(Tensor.of(targets, targets.length));
        Value[] hidden = Arrays.stream(seen)
                .map(s -> s.reshape(x.shape().dim(0), x.shape().dim(1), 1)) // [B, T, 1]
                .toArray(Value[]::new);
        return new org.fovea.core.attention.GraphAttention(heads, width, join)
                .build(scope, x, from, to, hidden)
                .values(); // [B, T, heads·width] or [B, T, width]
    }

    @Override
    int leastSteps() {
        return nodes(sources, targets);
    }

    private static int nodes(int[] sources, int[] targets) {
        return 1
                + IntStream.concat(Arrays.stream(sources), Arrays.stream(targets))
                        .max()
                        .orElse(0);
    }

    @Override
    List<Object> sizes() {
        return List.of(heads, width, join, Arrays.toString(sources), Arrays.toString(targets));
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends SequenceLayer.Builder<Builder> {
        private int heads = 1;
        private int width = 8;
        private Join join = Join.CONCATENATE;
        private int[] sources = {};
        private int[] targets = {};

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * Heads; 1 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder heads(int heads) {
            Check.positive("GraphAttention: heads", heads);
            this.heads = heads;
            return this;
        }

        /**
         * Channels of a head; 8 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder width(int width) {
            Check.positive("GraphAttention: width", width);
            this.width = width;
            return this;
        }

        /**
         * What becomes of the heads; side by side unless set.
         *
         * @return this builder
         */
        public Builder join(Join join) {
            this.join = join;
            return this;
        }

        /**
         * The edges of the graph; none unless set. A node is its own neighbour without one.
         *
         * @param sources the node that each edge is read from, from 0
         * @param targets the node that reads
         * @return this builder
         * @throws IllegalArgumentException when there are not as many of both, or one is below 0
         */
        public Builder edges(int[] sources, int[] targets) {
            boolean fits = sources.length == targets.length
                    && IntStream.concat(Arrays.stream(sources), Arrays.stream(targets))
                            .allMatch(node -> node >= 0);
            if (!fits) {
                throw new IllegalArgumentException(
                        "GraphAttention: edges must have a source and a target each, nodes from 0, got "
                                + Arrays.toString(sources) + " and " + Arrays.toString(targets));
            }
            this.sources = sources.clone();
            this.targets = targets.clone();
            return this;
        }

        @Override
        int leastSteps() {
            return nodes(sources, targets);
        }

        @Override
        public GraphAttention build() {
            return new GraphAttention(this);
        }
    }
}
