package org.fovea.core.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.AdamW;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.MomentumSgd;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;

/** Adds to a graph what turns gradients into next values of parameters. */
final class UpdateBuilder {
    private final Graph graph;
    private final TrainingPlan plan;
    private final Map<String, Shape> zeros;
    private final Map<String, String> averages;
    private final Value rate;
    private final Value step;

    UpdateBuilder(Graph graph, TrainingPlan plan, Map<String, Shape> zeros, Map<String, String> averages) {
        this.graph = graph;
        this.plan = plan;
        this.zeros = zeros;
        this.averages = averages;
        this.rate = graph.input(TrainingGraph.RATE);
        this.step = graph.input(TrainingGraph.STEP);
    }

    /** Adds the updates and returns the norm of the gradients. */
    Value add(Value loss, Map<String, Value> gradients) {
        int count = plan.accumulation();
        graph.scope("accumulation");
        Map<String, Value> sums = count == 1 ? gradients : accumulated(gradients);
        graph.scope("clipping");
        Value norm = TrainingGraph.norm(List.copyOf(sums.values()));
        norm = count == 1 ? norm : norm.affine(1.0 / count, 0);
        Value sum = loss.add(norm);
        Value finite = sum.subtract(sum).equalTo(graph.fill(0)); // [], 0 if it is not finite
        Value gate = finite;
        if (count > 1) {
            Value apply = graph.input(TrainingGraph.APPLY);
            gate = finite.multiply(apply);
            keep(sums, finite.multiply(apply.affine(-1, 1)));
        }
        Map<String, Value> clipped = clipped(sums, norm, count);
        graph.scope("optimizer");
        Map<String, Value> next = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : clipped.entrySet()) {
            next.put(entry.getKey(), step(entry.getKey(), entry.getValue(), gate));
        }
        if (plan.emaDecay() > 0) {
            graph.scope("average");
            Value part = graph.input(TrainingGraph.EMA_DECAY).affine(-1, 1).multiply(gate); // []
            next.forEach((name, value) -> average(name, value, part));
        }
        graph.scope("");
        return norm;
    }

    private Map<String, Value> accumulated(Map<String, Value> gradients) {
        Map<String, Value> out = new LinkedHashMap<>();
        gradients.forEach((name, g) -> {
            Value accumulator = state(TrainingGraph.ACCUMULATOR + name, g);
            out.put(name, accumulator.add(g));
        });
        return out;
    }

    private void keep(Map<String, Value> sums, Value kept) {
        Value zero = graph.fill(0);
        sums.forEach((name, sum) ->
                graph.update(graph.parameters().get(TrainingGraph.ACCUMULATOR + name), kept.select(sum, zero)));
    }

    private Map<String, Value> clipped(Map<String, Value> sums, Value norm, int count) {
        if (plan.clipNorm() == 0 && count == 1) {
            return sums;
        }
        Value factor = plan.clipNorm() == 0
                ? graph.fill(1.0 / count)
                : TrainingGraph.clipFactor(norm, plan.clipNorm()).affine(1.0 / count, 0); // []
        Map<String, Value> out = new LinkedHashMap<>();
        sums.forEach((name, sum) -> out.put(name, sum.multiply(factor)));
        return out;
    }

    /** Next value of one parameter; adds its update and those of its state. */
    private Value step(String name, Value g, Value gate) {
        Value p = graph.parameters().get(name);
        double scale = plan.policy().rateScale().applyAsDouble(name);
        double decay = plan.policy().decay(name, p.shape(), plan.optimizer().decay());
        Value m = state("optimizer/m/" + name, g);
        List<Value> next = new ArrayList<>();
        if (plan.optimizer() instanceof Optimizer.AdamW adam) {
            Value v = state("optimizer/v/" + name, g);
            AdamW op = new AdamW(adam.beta1(), adam.beta2(), adam.epsilon(), decay, scale);
            next.addAll(graph.add(op, List.of(p, g, m, v, rate, step.multiply(gate)))
                    .outputs());
            graph.update(v, next.get(2));
        } else if (plan.optimizer() instanceof Optimizer.Sgd sgd) {
            MomentumSgd op = new MomentumSgd(sgd.momentum(), sgd.nesterov(), decay, scale);
            Node node = graph.add(op, List.of(p, g, m, rate));
            next.add(gate.select(node.outputs().get(0), p));
            next.add(gate.select(node.outputs().get(1), m));
        }
        graph.update(p, next.get(0));
        graph.update(m, next.get(1));
        return next.get(0);
    }

    private void average(String name, Value next, Value part) {
        Value average = graph.parameter(TrainingGraph.EMA + name, next.shape().toArray());
        averages.put(TrainingGraph.EMA + name, name);
        graph.update(average, average.add(next.subtract(average).multiply(part)));
    }

    private Value state(String name, Value like) {
        zeros.put(name, like.shape());
        return graph.parameter(name, like.shape().toArray());
    }
}
