package org.fovea.vit.model;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.BatchNormLayer;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.LearnedPositions;
import org.fovea.core.nn.PlaceWaves;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.VisionEncoder;

/**
 * A small convolutional encoder of square pictures whose places are an eighth of the picture's side: 3x3 convolutions with
 * batch normalization, residual at the two coarser resolutions, and for each place {@link PlaceWaves} and a learned position.
 *
 * @param pixels side of the square image, a multiple of 8
 * @param width channels of the feature map, a multiple of 8
 */
public record ConvEncoder(int pixels, int width) implements VisionEncoder {
    private static final int STRIDE = 8;
    private static final double AMPLITUDE = 0.5;

    /** Checks the sizes. */
    public ConvEncoder {
        Check.positive("ConvEncoder: pixels", pixels);
        Check.positive("ConvEncoder: width", width);
        Check.that(pixels % STRIDE == 0, "ConvEncoder: pixels", "be a multiple of " + STRIDE, pixels);
        Check.that(width % STRIDE == 0, "ConvEncoder: width", "be a multiple of " + STRIDE, width);
    }

    @Override
    public int imageHeight() {
        return pixels;
    }

    @Override
    public int imageWidth() {
        return pixels;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public String describe() {
        return "convolutions, " + width + " channels at 1/" + STRIDE + " of the image";
    }

    @Override
    public Tokens build(Scope scope, Value picture) {
        Value x = conv(scope.child("stem"), picture, width / 8, 1); // [B, width/8, H, W]
        x = conv(scope.child("half"), x, width / 4, 2);
        x = conv(scope.child("quarter"), x, width / 2, 2);
        x = residual(scope.child("blocks.0"), x);
        x = conv(scope.child("eighth"), x, width, 2); // [B, width, H/8, W/8]
        x = residual(scope.child("blocks.1"), x);
        x = residual(scope.child("blocks.2"), x);
        int side = pixels / STRIDE;
        Value places = x.permute(0, 2, 3, 1).reshape(x.shape().dim(0), side * side, width); // [B, L, width]
        Value placed = places.add(new PlaceWaves(side, side, width, AMPLITUDE).build(scope.graph()));
        return Tokens.embedded(new LearnedPositions(side * side).build(scope, placed, 0), side, side, 0, 0);
    }

    private static Value conv(Scope scope, Value x, int out, int stride) {
        return normalized(scope, x, out, stride).relu();
    }

    private static Value residual(Scope scope, Value x) {
        int channels = x.shape().dim(1);
        Value inner = conv(scope.child("first"), x, channels, 1);
        return normalized(scope.child("second"), inner, channels, 1).add(x).relu();
    }

    private static Value normalized(Scope scope, Value x, int out, int stride) {
        Value y = new ConvLayer(out, 3, ConvWindow.of(stride, 1), false).build(scope.enter(), x);
        return BatchNormLayer.standard().build(scope.child("norm"), y);
    }
}
