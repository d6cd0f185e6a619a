package org.fovea.cli.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.attention.RelationNetwork;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AttentionGraph;
import org.fovea.core.view.Panels;

/** Attention between the nodes of a graph and between objects. */
final class RelationExhibits {
    private RelationExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "graph",
                        "Graph attention",
                        "Each node reads its neighbors only, a share for each from a softmax over what a learned vector thinks of"
                                + " the two. Papers that cite each other: this head is set to trust surveys, so arrows to"
                                + " them are thick and the rings, a paper's trust in itself, thin beside them.",
                        List.of(Paper.arxiv("Veličković et al. 2018", "1710.10903")),
                        List.of(GraphAttention.class),
                        RelationExhibits::graph),
                new Exhibit(
                        "relation",
                        "Relation network",
                        "One small net looks at every pair of objects together with the question, and the sum over all pairs"
                                + " is what the answer is made of. What each pair adds for two questions: how near are"
                                + " they, and how alike in color.",
                        List.of(Paper.arxiv("Santoro et al. 2017", "1706.01427")),
                        List.of(RelationNetwork.class),
                        RelationExhibits::relation));
    }

    private static RgbImage graph(Studio studio) {
        List<String> papers = List.of("survey A", "b", "c", "d", "e", "survey F", "g", "h", "i", "j");
        int[][] pairs = {
            {1, 0}, {2, 0}, {3, 0}, {4, 0}, {1, 2}, {3, 4}, {4, 5}, {6, 5}, {7, 5}, {8, 5}, {6, 7}, {8, 9}, {9, 5},
            {2, 6}
        };
        int edges = 2 * pairs.length;
        int[] sources = new int[edges];
        int[] targets = new int[edges];
        for (int i = 0; i < pairs.length; i++) {
            sources[2 * i] = pairs[i][1];
            targets[2 * i] = pairs[i][0];
            sources[2 * i + 1] = pairs[i][0];
            targets[2 * i + 1] = pairs[i][1];
        }
        float[] survey = new float[papers.size()];
        survey[0] = 1;
        survey[5] = 1;
        Sketch sketch =
                studio.sketch().weight("map.weight", 1).weight("target", 0).weight("source", 2);
        AttentionOutput read = new GraphAttention(1, 1, GraphAttention.Join.CONCATENATE)
                .build(
                        sketch.scope(),
                        sketch.given(survey, 1, papers.size(), 1),
                        sketch.given(Tensor.of(sources, edges)),
                        sketch.given(Tensor.of(targets, edges)));
        Map<String, Tensor> out = sketch.show("edges", read.weights("edges"))
                .show("own", read.weights("self"))
                .run();
        float[] weights = out.get("edges").toFloats();
        float[] own = out.get("own").toFloats();
        List<AttentionGraph.Edge> drawn = new ArrayList<>();
        for (int i = 0; i < edges; i++) {
            drawn.add(new AttentionGraph.Edge(targets[i], sources[i], weights[i]));
        }
        for (int i = 0; i < own.length; i++) {
            drawn.add(new AttentionGraph.Edge(i, i, own[i]));
        }
        return AttentionGraph.of(papers, drawn).draw(900, 560);
    }

    /** Position and color of six objects: x, y, redness, from 0 to 1. */
    private static final float[][] OBJECTS = {
        {0.05f, 0.1f, 1},
        {0.1f, 0.35f, 0},
        {0.8f, 0.1f, 0.1f},
        {0.95f, 0.4f, 0.9f},
        {0.7f, 0.95f, 0.5f},
        {0.35f, 0.85f, 0.55f}
    };

    private static RgbImage relation(Studio studio) {
        return Panels.inColumns(2)
                .with("how near?", relation(studio, 0))
                .with("how alike in color?", relation(studio, 1))
                .draw();
    }

    /** Draws the contribution of each pair: the answer for both objects minus the answers for each alone. */
    private static RgbImage relation(Studio studio, int question) {
        List<String> names = List.of("red left", "blue left", "blue right", "red right", "violet low", "violet middle");
        List<AttentionGraph.Edge> edges = new ArrayList<>();
        for (int i = 0; i < OBJECTS.length; i++) {
            for (int j = i + 1; j < OBJECTS.length; j++) {
                float pair = answer(studio, question, i, j) - answer(studio, question, i) - answer(studio, question, j);
                if (pair > 0) {
                    edges.add(new AttentionGraph.Edge(i, j, pair / 2));
                    edges.add(new AttentionGraph.Edge(j, i, pair / 2));
                }
            }
        }
        double[][] places = new double[OBJECTS.length][];
        Arrays.setAll(places, i -> new double[] {OBJECTS[i][0], OBJECTS[i][1]});
        return AttentionGraph.of(names, edges).withPlaces(places).draw(560, 460);
    }

    /** Computes g = ReLU(1 - 2·Σ|differences asked for|), with two units for the two signs of each difference. */
    private static float answer(Studio studio, int question, int... members) {
        int features = 3;
        int units = 2 * features;
        float[] first = new float[units * features];
        float[] second = new float[units * features];
        float[] asked = new float[units * 2];
        for (int f = 0; f < features; f++) {
            for (int half = 0; half < 2; half++) {
                int unit = 2 * f + half;
                first[unit * features + f] = half == 0 ? 1 : -1;
                second[unit * features + f] = half == 0 ? -1 : 1;
                asked[unit * 2 + (f < 2 ? 1 : 0)] = -5; // the other question switches the unit off
            }
        }
        float[] objects = new float[members.length * features];
        for (int i = 0; i < members.length; i++) {
            System.arraycopy(OBJECTS[members[i]], 0, objects, i * features, features);
        }
        float[] about = new float[2];
        about[question] = 1;
        Sketch sketch = studio.sketch()
                .weight("first.weight", first)
                .weight("second.weight", second)
                .weight("question.weight", asked)
                .weight("relation.1.weight", Weights.all(units, -2))
                .weight("relation.1.bias", 1)
                .weight("answer.0.weight", 1);
        return sketch.show(
                        "answer",
                        new RelationNetwork(List.of(units, 1), List.of(1))
                                .build(
                                        sketch.scope(),
                                        sketch.given(objects, 1, members.length, features),
                                        sketch.given(about, 1, 2)))
                .run()
                .get("answer")
                .toFloats()[0];
    }
}
