package org.fovea.segmentation.model;

import java.util.List;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/** A model that sees several versions of an image with the same weights; its numbers are their mean. */
record AugmentedModel(SegmenterModel base, Augmentation augmentation) implements SegmenterModel {
    @Override
    public String describe() {
        return base.describe();
    }

    @Override
    public int imageHeight() {
        return base.imageHeight();
    }

    @Override
    public int imageWidth() {
        return base.imageWidth();
    }

    @Override
    public int channels() {
        return base.channels();
    }

    @Override
    public int outputs() {
        return base.outputs();
    }

    @Override
    public int multiple() {
        return base.multiple();
    }

    @Override
    public SegmenterModel withImage(int height, int width) {
        return new AugmentedModel(base.withImage(height, width), augmentation);
    }

    @Override
    public SegmenterValues build(Scope scope, Value pixels) {
        SegmenterValues own = base.build(scope.shared(), pixels);
        int rows = own.logits().shape().dim(2);
        int columns = own.logits().shape().dim(3);
        Value sum = null;
        for (double scale : augmentation.scales()) {
            Value seen = resized(pixels, scaled(imageHeight(), scale), scaled(imageWidth(), scale));
            Value numbers = scale == 1 ? own.logits() : numbers(scope, seen);
            Value onGrid = resized(numbers, rows, columns);
            sum = sum == null ? onGrid : sum.add(onGrid);
            if (augmentation.flip()) {
                sum = sum.add(resized(mirrored(numbers(scope, mirrored(seen))), rows, columns));
            }
        }
        int versions = augmentation.scales().size() * (augmentation.flip() ? 2 : 1);
        return new SegmenterValues(sum.affine(1.0 / versions, 0), own.hiddenStates(), own.attentionSource());
    }

    private Value numbers(Scope scope, Value pixels) {
        SegmenterModel sized =
                base.withImage(pixels.shape().dim(2), pixels.shape().dim(3));
        return sized.build(scope.shared(), pixels).logits();
    }

    /** Scaled size, rounded to the nearest multiple that the model accepts. */
    private int scaled(int size, double scale) {
        return scale == 1 ? size : (int) Math.max(1, Math.round(size * scale / multiple())) * multiple();
    }

    private static Value resized(Value image, int height, int width) {
        boolean same = image.shape().dim(2) == height && image.shape().dim(3) == width;
        boolean shrinks = image.shape().dim(2) > height || image.shape().dim(3) > width;
        return same
                ? image
                : image.graph().apply(new Resize2d(ResizeKind.BILINEAR, height, width, false, shrinks), image);
    }

    private static Value mirrored(Value image) {
        int width = image.shape().dim(3);
        int[] order = new int[width];
        for (int x = 0; x < width; x++) {
            order[x] = width - 1 - x;
        }
        return image.gather(3, image.graph().constant(Tensor.of(order, width)));
    }

    @Override
    public List<AttentionLayout> attentions() {
        return base.attentions();
    }

    @Override
    public WeightSource inferenceParameters(WeightSource learned) {
        return base.inferenceParameters(learned);
    }
}
