package org.fovea.vqa.model;

import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.VisionEncoder;

/**
 * An encoder of images of one size as an answerer has it, with weights below {@code vision}.
 *
 * @param owner name of the answerer, for errors
 */
record ImageEncoding(String owner, VisionEncoder encoder) {
    /** Scope of the encoder's weights. */
    static final String SCOPE = "vision";

    /** Adds the encoder, with the input {@link AnswererModel#PIXELS}. */
    Tokens build(Scope top, int images) {
        return encoder.build(
                top.child(SCOPE),
                top.graph()
                        .input(
                                AnswererModel.PIXELS,
                                images,
                                encoder.channels(),
                                encoder.imageHeight(),
                                encoder.imageWidth()));
    }

    /**
     * Adds the encoder to a graph of its own, for images of the given size.
     *
     * @throws IllegalArgumentException when the encoder does not support images of that size
     */
    Tokens look(int images, int height, int width) {
        Check.that(
                height == encoder.imageHeight() && width == encoder.imageWidth(),
                owner + ": the image",
                "be of " + encoder.imageHeight() + " x " + encoder.imageWidth() + " pixels",
                height + " x " + width);
        return build(Scope.of(new Graph()), images);
    }

    /** Grid of positions of an image. */
    Grid grid() {
        Tokens tokens = build(Scope.of(new Graph()), 1);
        return new Grid(tokens.rows(), tokens.columns());
    }
}
