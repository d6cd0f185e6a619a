package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/**
 * Scaled dot-product attention in blocks: some images at a time, or some heads of one image, or some query rows of one head, so
 * that the scores in memory stay small whatever the length.
 */
final class AttentionLowering {
    /** Size of the scores of a block of whole images: the second-level caches of two cores. */
    private static final long IMAGES_BLOCK_BYTES = 2L << 20;
    /** Size up to which the scores of one image are not split. */
    private static final long WHOLE_IMAGE_BYTES = 16L << 20;
    /**
     * Size of the scores of a block of a longer image: some heads, or some rows of one head. A head's keys are packed for the
     * product once per block, so many rows of one head are better than few rows of all (12 heads of 4,096 tokens, four layers,
     * ms of one core in single precision: 85 rows of all heads 2,797, 1,024 rows of one 2,289, 256 rows of one 2,265; in
     * bfloat16 1,024 rows 1,384, 256 rows 1,219).
     */
    private static final long PART_BYTES = 4L << 20;

    private final Lowering to;
    private final double scale;
    private final View q;
    private final View k;
    private final View v;
    private final View mask;
    private final View y;
    private final View weights;
    private final View scores;
    private final View probabilities;

    static void forward(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        View y = headsInside(to, to.types.of(out), out);
        Value shares = node.outputs().get(1);
        View weights = to.fusion.isUsed(shares) ? to.result(shares) : null;
        if (y.count() > 0 || (weights != null && weights.count() > 0)) {
            new AttentionLowering(to, node, y, weights).run();
        }
    }

    /**
     * Allocates memory for a value {@code [B, heads, N, D]} laid out as {@code [B, N, heads, D]}, so that joining the heads
     * later needs no copy.
     */
    static View headsInside(Lowering to, ElementType type, Value value) {
        int[] s = value.shape().toArray();
        View view = to.temporary(type, s[0], s[2], s[1], s[3]).permute(0, 2, 1, 3);
        to.bind(value, view);
        return view;
    }

    private AttentionLowering(Lowering to, Node node, View y, View weights) {
        Attention op = (Attention) node.op();
        this.to = to;
        this.scale = op.scale();
        this.y = y;
        this.weights = weights;
        q = operand(to, node.input(0));
        k = operand(to, node.input(1));
        v = operand(to, node.input(2));
        mask = op.masked() ? to.plain(node.input(3)).withRank(4) : null;
        scores = to.temporary(ElementType.F32, images(), heads(), rows(), k.sizes()[2]);
        boolean narrow = to.types.productType() == ElementType.BF16;
        boolean inPlace = !narrow && mask == null;
        probabilities = inPlace
                ? scores
                : to.temporary(narrow && weights == null ? ElementType.BF16 : ElementType.F32, scores.sizes());
    }

    static View operand(Lowering to, Value value) {
        return MatMulLowering.multipliable(to, to.as(to.types.productType(), to.of(value)));
    }

    private long imageBytes() {
        return 4L * q.sizes()[1] * q.sizes()[2] * k.sizes()[2];
    }

    /** Number of images in a block. */
    private int images() {
        return (int) Math.max(1, Math.min(q.sizes()[0], IMAGES_BLOCK_BYTES / Math.max(1, imageBytes())));
    }

    private boolean isWhole() {
        return imageBytes() <= WHOLE_IMAGE_BYTES;
    }

    private long headBytes() {
        return 4L * q.sizes()[2] * k.sizes()[2];
    }

    /** Number of heads in a block; heads are split before rows, since each block packs the keys and values of its heads. */
    private int heads() {
        int all = q.sizes()[1];
        return isWhole() ? all : (int) Math.max(1, Math.min(all, PART_BYTES / headBytes()));
    }

    /** Number of query rows in a block. */
    private int rows() {
        int all = q.sizes()[2];
        return isWhole() ? all : (int) Math.max(1, Math.min(all, PART_BYTES / (4L * k.sizes()[2])));
    }

    private void run() {
        int images = images();
        int heads = heads();
        int rows = rows();
        for (int b = 0; b < q.sizes()[0]; b += images) {
            int bEnd = Math.min(q.sizes()[0], b + images);
            for (int h = 0; h < q.sizes()[1]; h += heads) {
                int hEnd = Math.min(q.sizes()[1], h + heads);
                for (int r = 0; r < q.sizes()[2]; r += rows) {
                    block(new Block(b, bEnd, h, hEnd, r, Math.min(q.sizes()[2], r + rows)));
                }
            }
        }
    }

    /** Images, heads and query rows that are computed together. */
    private record Block(int b, int bEnd, int h, int hEnd, int r, int rEnd) {
        /** The block's part of queries, weights or results. */
        View rows(View x) {
            return heads(x).slice(2, r, rEnd);
        }

        /** The block's part of keys or values. */
        View heads(View x) {
            return x.slice(0, b, bEnd).slice(1, h, hEnd);
        }

        /** The block's part of a broadcast mask, or null. */
        View mask(View mask) {
            View part = blockOf(mask, b, bEnd, r, rEnd);
            return part != null && part.sizes()[1] > 1 ? part.slice(1, h, hEnd) : part;
        }

        int[] sizes(int keys) {
            return new int[] {bEnd - b, hEnd - h, rEnd - r, keys};
        }
    }

    private void block(Block at) {
        int[] sizes = at.sizes(k.sizes()[2]);
        View s = View.dense(scores.storage(), ElementType.F32, sizes);
        View p = View.dense(probabilities.storage(), probabilities.type(), sizes);
        scores(to, at.rows(q), at.heads(k).transposed(), at.mask(mask), s, scale);
        SoftmaxLowering.forward(to, algorithm.softmax_accurate, s, p, 3);
        if (mask != null) {
            hideRows(to, s, p);
        }
        View left = p;
        if (weights != null) {
            to.copy(p, at.rows(weights));
            left = to.as(to.types.productType(), p);
        }
        View out = at.rows(y);
        if (out.count() > 0) {
            MatMulLowering.product(to, left, at.heads(v), out);
        }
    }

    /** Sets the rows in which every key is hidden to zeros. */
    static void hideRows(Lowering to, View scores, View probabilities) {
        if (probabilities.type() == ElementType.F32) {
            SoftmaxLowering.zeroHiddenRows(to, scores, probabilities, 3);
        } else {
            View floats = to.as(ElementType.F32, probabilities);
            SoftmaxLowering.zeroHiddenRows(to, scores, floats, 3);
            to.copy(floats, probabilities);
        }
    }

    /** The block's part of a broadcast mask, or null. */
    static View blockOf(View mask, int b, int bEnd, int r, int rEnd) {
        View part = mask;
        if (part != null && part.sizes()[0] > 1) {
            part = part.slice(0, b, bEnd);
        }
        if (part != null && part.sizes()[2] > 1) {
            part = part.slice(2, r, rEnd);
        }
        return part;
    }

    /** Computes s = scale·q·kᵀ + mask. */
    static void scores(Lowering to, View q, View keysTransposed, View mask, View s, double scale) {
        post_ops epilogues = new post_ops();
        epilogues.append_eltwise(algorithm.eltwise_linear, (float) scale, 0);
        if (mask != null) {
            epilogues.append_binary(algorithm.binary_add, mask.desc());
        }
        primitive_attr attributes = Lowering.attributes();
        attributes.set_post_ops(epilogues);
        if (mask == null) {
            MatMulLowering.multiply(to, q, keysTransposed, s, attributes);
        } else {
            int number = DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * 2 | DNNL_ARG_SRC_1;
            MatMulLowering.multiply(to, q, keysTransposed, s, attributes, Step.Arg.of(number, mask));
        }
    }
}
