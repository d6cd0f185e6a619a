package org.fovea.segmentation.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;

/**
 * A network in SegFormer's shape whose attention can be chosen: an {@link AttentionEncoder} and a {@link SegFormerHead}, whose
 * numbers at 1/4 of the image's side are brought to the pixels bilinearly.
 *
 * <p>Its weights are the encoder's below {@code encoder} and the head's below {@code head}.
 *
 * @param encoder encoder; the head is as wide as its widest stage
 * @param classes number of classes, K, the background included
 * @param hasDistance whether the network also predicts the depth of each pixel within its object
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021</a>
 */
public record AttentionSegFormer(AttentionEncoder encoder, int classes, boolean hasDistance) implements PixelNetwork {
    private static final String ENCODER = "encoder";

    /** Checks the number of classes. */
    public AttentionSegFormer {
        Check.atLeast(2, "AttentionSegFormer: classes", classes);
    }

    @Override
    public String describe() {
        return "transformer of " + encoder.depth() + " blocks at each of " + encoder.widths() + " channels with "
                + encoder.attention().describe() + ", and a head of linear maps over all stages";
    }

    @Override
    public int stride() {
        return encoder.stride();
    }

    @Override
    public Maps build(Scope scope, Value pixels) {
        int height = pixels.shape().dim(2);
        int width = pixels.shape().dim(3);
        checkSides(height, width);
        List<Tokens> stages = encoder.build(scope.child(ENCODER), pixels);
        SegFormerHead head = new SegFormerHead(Collections.max(encoder.widths()), outputs());
        Value coarse = head.build(scope.child("head"), stages); // [B, K + 1, H/4, W/4]
        Value all = coarse.graph().apply(new Resize2d(ResizeKind.BILINEAR, height, width, false, false), coarse);
        List<Value> features = stages.stream().map(Tokens::featureMap).toList();
        return Maps.of(all, classes, features, () -> encoder.weights(stages, height, width));
    }

    @Override
    public List<AttentionLayout> attentions(int height, int width) {
        return encoder.layouts(height, width);
    }

    @Override
    public Parameters initial(long seed) {
        Graph graph = trainingGraph();
        Parameters random = InitialParameters.of(graph, seed);
        Map<String, Tensor> all = new LinkedHashMap<>();
        random.names().forEach(name -> all.put(name, random.tensor(name)));
        all.putAll(encoder.initial(Scope.of(graph).child(ENCODER)));
        return Parameters.of(all);
    }
}
