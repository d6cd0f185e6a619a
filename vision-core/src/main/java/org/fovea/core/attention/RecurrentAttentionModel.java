package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.ElmanCell;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.GaussianPolicy;
import org.fovea.core.tensor.Shape;

/**
 * RAM, a classifier that looks at an image through a few glimpses and decides itself where: g_t = glimpse(x, l_t), h_t = ReLU(W
 * h_{t-1} + W g_t), l_{t+1} ~ N(W h_t, σ), class = softmax(W h_T).
 *
 * <p>Cross-entropy of the logits trains everything but where to look; that is trained by a policy gradient: {@code
 * PolicyGradient.loss(logProbabilities, reward, learned(predictions))} with the reward 1 for the right class.
 *
 * <p>Departures from the paper: a point outside the image is moved to its border before it is looked at; the maps to the point and
 * to the baseline take h_t without a derivative, so that the noisy gradient of choices does not disturb what is recognized.
 *
 * @param glimpse sensor and glimpse network
 * @param width of h
 * @param glimpses T, at least 2
 * @param deviation σ
 * @param classes K
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, sections 3 and 4</a>
 */
public record RecurrentAttentionModel(GlimpseNetwork glimpse, int width, int glimpses, double deviation, int classes) {
    /** Checks the sizes. */
    public RecurrentAttentionModel {
        Check.positive("RecurrentAttentionModel: width", width);
        Check.positive("RecurrentAttentionModel: classes", classes);
        Check.that(glimpses >= 2, "RecurrentAttentionModel: glimpses", "be at least 2, one to choose", glimpses);
    }

    /**
     * Results of the block.
     *
     * @param logits {@code [B, K]}
     * @param points {@code [B, T, 2]}, points of the glimpses; see {@link GlimpseSensor}
     * @param logProbabilities {@code [B, T-1]}, log-probabilities of the points from the second on
     * @param predictions {@code [B, T-1]}, predictions of the reward before each choice
     */
    public record Result(Value logits, Value points, Value logProbabilities, Value predictions) {}

    /**
     * Adds the model and its weights {@code glimpse}, {@code core}, {@code next} (to the mean of a point), {@code baseline} and {@code
     * classes}.
     *
     * @param images {@code [B, C, H, W]}
     * @param start {@code [B, 2]}, first points, which are random in the paper
     * @param normal normal noise {@code [B, T-1, 2]}; zeros choose the means
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Result build(Scope scope, Value images, Value start, Value normal) {
        checkPoints("noise", normal, images, glimpses - 1);
        int batch = images.shape().dim(0);
        List<Value> blurred = glimpse.sensor().blurred(images);
        List<Value> points = new ArrayList<>(List.of(start));
        List<Value> logs = new ArrayList<>();
        List<Value> predictions = new ArrayList<>();
        CellState state = look(scope, blurred, start, core().start(images.graph(), batch));
        Scope again = scope.shared();
        for (int t = 1; t < glimpses; t++) {
            Value seen = state.output().detach();
            Value mean = new LinearLayer(2, true).build(again.child("next"), seen); // [B, 2]
            GaussianPolicy policy = new GaussianPolicy(mean, deviation);
            Value point = policy.sample(normal.slice(1, t - 1, t).reshape(batch, 2));
            logs.add(policy.logProbability(point));
            predictions.add(new LinearLayer(1, true).build(again.child("baseline"), seen));
            points.add(inside(point));
            state = look(again, blurred, points.get(t), state);
        }
        return new Result(classify(scope, state), joined(points, 2), columns(logs), columns(predictions));
    }

    /**
     * Adds the model with given points of the glimpses, for comparison. Its weights are those of {@link #build} without {@code
     * next} and {@code baseline}.
     *
     * @param points {@code [B, T, 2]}
     * @return logits {@code [B, K]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Value buildAt(Scope scope, Value images, Value points) {
        checkPoints("points", points, images, glimpses);
        int batch = images.shape().dim(0);
        List<Value> blurred = glimpse.sensor().blurred(images);
        CellState state = core().start(images.graph(), batch);
        Scope again = scope.shared();
        for (int t = 0; t < glimpses; t++) {
            state = look(again, blurred, points.slice(1, t, t + 1).reshape(batch, 2), state);
        }
        return classify(scope, state);
    }

    private ElmanCell core() {
        return new ElmanCell(width, ElmanCell.Function.RELU);
    }

    private CellState look(Scope scope, List<Value> blurred, Value point, CellState state) {
        return core().step(scope.child("core"), glimpse.look(scope.child("glimpse"), blurred, point), state);
    }

    private Value classify(Scope scope, CellState state) {
        return new LinearLayer(classes, true).build(scope.child("classes"), state.output());
    }

    private static Value inside(Value point) {
        return point.maximum(point.graph().fill(-1)).minimum(point.graph().fill(1));
    }

    private static Value columns(List<Value> each) {
        return joined(each, 1).reshape(each.get(0).shape().dim(0), each.size());
    }

    /** Joins [B, width] of each step to [B, T, width]. */
    private static Value joined(List<Value> each, int width) {
        Value[] steps =
                each.stream().map(x -> x.reshape(x.shape().dim(0), 1, width)).toArray(Value[]::new);
        return steps[0].concat(1, Arrays.copyOfRange(steps, 1, steps.length));
    }

    private static void checkPoints(String what, Value points, Value images, int count) {
        int batch = images.shape().dim(0);
        if (!points.shape().equals(Shape.of(batch, count, 2))) {
            throw new IllegalArgumentException("RecurrentAttentionModel: " + what + " must be [" + batch + ", " + count
                    + ", 2], got " + points.shape());
        }
    }
}
