package org.fovea.studies.papers;

import org.fovea.core.attention.GraphAttention;
import org.fovea.core.attention.GraphAttention.Join;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Losses;

/**
 * Two layers of graph attention over a citation graph, in the setting of the paper's section 3.3 for Cora: 8 heads of 8, ELU, one
 * head for the topics, dropout on inputs and attention weights, L2 on all weights.
 */
final class PaperNetwork {
    static final String LOGITS = "logits";
    static final String VALIDATION_LOSS = "validation loss";

    private static final int HEADS = 8;
    private static final int WIDTH = 8;
    private static final double DROPOUT = 0.6;
    private static final double DECAY = 5e-4;

    private final Graph graph = new Graph();
    private final Value features;
    private final Value sources;
    private final Value targets;
    private final int topics;
    private final Value loss;

    PaperNetwork(CitationGraph papers) {
        features = graph.constant(papers.features());
        sources = graph.constant(papers.ends(false));
        targets = graph.constant(papers.ends(true));
        topics = papers.topics();
        Value trained = logits(Scope.training(graph, new DropRates(DROPOUT, DROPOUT, 0)));
        Value squares = graph.fill(0);
        for (Value weight : graph.parameters().values()) {
            int size = (int) weight.shape().size();
            squares = squares.add(weight.reshape(size).unary(UnaryKind.SQUARE).sum(false, 0));
        }
        loss = crossEntropy(papers, trained, "train").add(squares.affine(DECAY / 2, 0));
        Value logits = logits(Scope.of(graph).shared()); // the same weights, nothing dropped
        graph.output(LOGITS, logits);
        graph.output(VALIDATION_LOSS, crossEntropy(papers, logits, "val"));
    }

    /** The loss. */
    Value loss() {
        return loss;
    }

    private Value logits(Scope scope) {
        Value x = scope.dropout(features); // [1, N, words]
        x = new GraphAttention(HEADS, WIDTH, Join.CONCATENATE)
                .build(scope.child("layer", 0), x, sources, targets)
                .values(); // [1, N, heads·width]
        x = scope.dropout(Activation.ELU.build(x));
        return new GraphAttention(1, topics, Join.MEAN)
                .build(scope.child("layer", 1), x, sources, targets)
                .values(); // [1, N, topics]
    }

    private Value crossEntropy(CitationGraph papers, Value logits, String split) {
        int[] part = papers.part(split);
        Value rows = logits.gather(1, graph.constant(Tensor.of(part, part.length)));
        return Losses.crossEntropy(rows.reshape(part.length, topics), graph.constant(papers.targets(part)), 0);
    }
}
