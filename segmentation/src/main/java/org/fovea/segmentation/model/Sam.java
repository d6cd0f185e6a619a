package org.fovea.segmentation.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.DerivedWeights;
import org.fovea.core.weights.DerivedWeights.Derived;

/**
 * SAM, which makes masks of an image as points, boxes and masks ask for them: the image is encoded once, and each prompt reads what
 * came of it. Its weights are the encoder's below {@code vision}, the prompt encoder's below {@code prompts} and the decoder's
 * below {@code decoder}.
 *
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023</a>
 */
public record Sam(SamEncoder encoder, SamPromptEncoder prompts, SamMaskDecoder decoder) {
    /** Input of {@link #embedding}: {@code [1, channels, H, W]}. */
    public static final String PIXELS = "pixel_values";
    /**
     * Image embedding, output of {@link #embedding} and input of {@link #masks}: {@code [1, N, width]}, positions row by row.
     */
    public static final String TOKENS = "image_tokens";
    /** Input: {@code [P, n, 2]}, (x, y) in pixels of the encoder's input. */
    public static final String POINTS = "input_points";
    /** Input: {@code [P, n]}, indices of {@link PointKind}. */
    public static final String KINDS = "point_kinds";
    /** Input: {@code [P, 1, S, S]}, logits of earlier masks, S being {@link SamPromptEncoder#maskPixels}. */
    public static final String INPUT_MASKS = "input_masks";
    /** Output: {@code [P, masks, S, S]}, logits. */
    public static final String MASKS = "pred_masks";
    /** Output: {@code [P, masks]}, predicted intersection over union with the intended object. */
    public static final String SCORES = "iou_scores";
    /** Output: {@code [1, heads, masks, N]}, attention weights of each mask's token over the image in the last layer. */
    public static final String ATTENTION = "mask_attentions";

    private static final String VISION = "vision";
    private static final String PROMPTS = "prompts";
    private static final String DECODER = "decoder";
    private static final String PLACES = PROMPTS + "." + SamPromptEncoder.PLACES;

    /** Masks of a prompt. */
    public enum Ambiguity {
        /** Several, for a prompt that may mean an object, its part or the whole it belongs to. */
        SEVERAL,
        /** One, for an unambiguous prompt. */
        NONE
    }

    /**
     * The form of prompts that are decoded together.
     *
     * @param prompts number of prompts, P
     * @param points points of each prompt, with a padding point if it has no box
     * @param masks whether each prompt has an earlier mask
     * @param ambiguity masks to return
     * @param attention whether attention weights are an output; needs a single prompt
     */
    public record Form(int prompts, int points, boolean masks, Ambiguity ambiguity, boolean attention) {
        /** Checks the sizes. */
        public Form {
            Check.positive("Form: prompts", prompts);
            Check.positive("Form: points", points);
            Check.that(!attention || prompts == 1, "Form: prompts", "be 1 where attention is wanted", prompts);
        }
    }

    /** Checks that the parts are consistent. */
    public Sam {
        Check.that(
                encoder.width() == prompts.width() && encoder.width() == decoder.width(),
                "Sam: the widths of encoder, prompts and decoder",
                "be equal",
                encoder.width() + ", " + prompts.width() + " and " + decoder.width());
        Check.that(
                encoder.side() == prompts.side() && encoder.imagePixels() == prompts.imagePixels(),
                "Sam: image and tokens of encoder and prompts",
                "be equal",
                encoder.imagePixels() + ", " + encoder.side() + " and " + prompts.imagePixels() + ", "
                        + prompts.side());
    }

    /** Graph from {@link #PIXELS} to {@link #TOKENS}. */
    public Graph embedding() {
        Graph graph = new Graph();
        int pixels = encoder.imagePixels();
        Value image = graph.input(PIXELS, 1, encoder.channels(), pixels, pixels);
        Tokens tokens = encoder.build(Scope.of(graph).child(VISION), image);
        graph.output(TOKENS, tokens.values());
        return graph;
    }

    /**
     * Graph from {@link #TOKENS}, {@link #POINTS}, {@link #KINDS} and, if the form has masks, {@link #INPUT_MASKS} to the
     * masks.
     */
    public Graph masks(Form form) {
        Graph graph = new Graph();
        Scope top = Scope.of(graph);
        Scope at = top.child(PROMPTS).enter();
        int tokens = encoder.side() * encoder.side();
        Value image = graph.input(TOKENS, 1, tokens, encoder.width());
        Value points = graph.input(POINTS, form.prompts(), form.points(), 2);
        Value kinds = graph.indexInput(KINDS, form.prompts(), form.points());
        Value sparse = prompts.points(at, points, kinds);
        int side = prompts.maskPixels();
        Value dense = form.masks()
                ? prompts.masks(at.child("mask"), graph.input(INPUT_MASKS, form.prompts(), 1, side, side))
                : prompts.noMask(at);
        Value places = at.parameter(SamPromptEncoder.PLACES, 1, tokens, encoder.width());
        SamMaskDecoder.Masks out = decoder.build(top.child(DECODER), sparse, image.add(dense), places);
        int first = form.ambiguity() == Ambiguity.NONE ? 0 : 1;
        int end = form.ambiguity() == Ambiguity.NONE ? 1 : 1 + decoder.multiple();
        graph.output(MASKS, out.masks().slice(1, first, end));
        graph.output(SCORES, out.quality().slice(1, first, end));
        if (form.attention()) {
            graph.output(ATTENTION, out.attention().weights().slice(2, 1 + first, 1 + end));
        }
        return graph;
    }

    /** Shapes of all weights of a checkpoint. */
    public Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        embedding().parameters().forEach((name, value) -> out.put(name, value.shape()));
        for (boolean mask : new boolean[] {false, true}) {
            masks(new Form(1, 1, mask, Ambiguity.SEVERAL, false))
                    .parameters()
                    .forEach((name, value) -> out.put(name, value.shape()));
        }
        out.remove(PLACES);
        return out;
    }

    /**
     * Learned weights, and a derived one that {@link #masks} reads: the positional features of the image, which are the same
     * for all prompts.
     */
    public WeightSource prepared(WeightSource learned) {
        Shape shape = Shape.of(1, encoder.side() * encoder.side(), encoder.width());
        String frequencies = PROMPTS + "." + SamPromptEncoder.FREQUENCIES;
        return new DerivedWeights(
                learned, Map.of(PLACES, new Derived(shape, () -> prompts.places(learned.tensor(frequencies)))));
    }
}
