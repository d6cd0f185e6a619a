package org.fovea.core.graph;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Result of a node of a graph, and the way to build on it: each method adds the operation of its name to the graph.
 *
 * <p>All methods throw {@link IllegalArgumentException} when the operation's shape rule is broken. Axes may count from
 * the end, -1 being the innermost.
 */
public final class Value {
    private final Node node;
    private final int index;
    private final ValueType type;

    Value(Node node, int index, ValueType type) {
        this.node = node;
        this.index = index;
        this.type = type;
    }

    /** Node that computes this value. */
    public Node node() {
        return node;
    }

    /** Index among the node's results, from 0. */
    public int index() {
        return index;
    }

    /** Shape and element kind. */
    public ValueType type() {
        return type;
    }

    /** The shape. */
    public Shape shape() {
        return type.shape();
    }

    /** The graph this value belongs to. */
    public Graph graph() {
        return node.graph();
    }

    /** f(x); see {@link UnaryKind}. */
    public Value unary(UnaryKind kind) {
        return graph().apply(new Unary(kind), this);
    }

    /** -x. */
    public Value negate() {
        return affine(-1, 0);
    }

    /** e^x. */
    public Value exp() {
        return unary(UnaryKind.EXP);
    }

    /** Natural logarithm. */
    public Value log() {
        return unary(UnaryKind.LOG);
    }

    /** Hyperbolic tangent. */
    public Value tanh() {
        return unary(UnaryKind.TANH);
    }

    /** 1/(1 + e^-x). */
    public Value sigmoid() {
        return unary(UnaryKind.SIGMOID);
    }

    /** max(x, 0). */
    public Value relu() {
        return unary(UnaryKind.RELU);
    }

    /** x·σ(x). */
    public Value silu() {
        return unary(UnaryKind.SILU);
    }

    /** x·Φ(x) or one of its approximations. */
    public Value gelu(GeluKind kind) {
        return graph().apply(new Gelu(kind), this);
    }

    /** scale·x + shift. */
    public Value affine(double scale, double shift) {
        return graph().apply(new Affine(scale, shift), this);
    }

    /** x + other, broadcasting. */
    public Value add(Value other) {
        return graph().apply(new Binary(BinaryKind.ADD), this, other);
    }

    /** x - other, broadcasting. */
    public Value subtract(Value other) {
        return graph().apply(new Binary(BinaryKind.SUBTRACT), this, other);
    }

    /** x·other element by element, broadcasting. */
    public Value multiply(Value other) {
        return graph().apply(new Binary(BinaryKind.MULTIPLY), this, other);
    }

    /** x/other element by element, broadcasting. */
    public Value divide(Value other) {
        return graph().apply(new Binary(BinaryKind.DIVIDE), this, other);
    }

    /** The larger of x and other, broadcasting. */
    public Value maximum(Value other) {
        return graph().apply(new Binary(BinaryKind.MAXIMUM), this, other);
    }

    /** The smaller of x and other, broadcasting. */
    public Value minimum(Value other) {
        return graph().apply(new Binary(BinaryKind.MINIMUM), this, other);
    }

    /** 1 where x &gt; other, else 0, broadcasting. */
    public Value greater(Value other) {
        return graph().apply(new Binary(BinaryKind.GREATER), this, other);
    }

    /** 1 where x = other, else 0, broadcasting. */
    public Value equalTo(Value other) {
        return graph().apply(new Binary(BinaryKind.EQUAL), this, other);
    }

    /** Elements of the first argument where this is nonzero, of the second elsewhere, broadcasting. */
    public Value select(Value whenTrue, Value whenFalse) {
        return graph().apply(new Select(), this, whenTrue, whenFalse);
    }

    /** Matrix product over the last two axes. */
    public Value matmul(Value other) {
        return matmul(other, false, false);
    }

    /** Matrix product over the last two axes, each operand optionally transposed. */
    public Value matmul(Value other, boolean transposeThis, boolean transposeOther) {
        return graph().apply(new MatMul(transposeThis, transposeOther), this, other);
    }

    /** x·Wᵀ. */
    public Value linear(Value weight) {
        return graph().apply(new Linear(), this, weight);
    }

    /** x·Wᵀ + b. */
    public Value linear(Value weight, Value bias) {
        return graph().apply(new Linear(), this, weight, bias);
    }

    /** The same elements in another shape; one size may be -1 and is inferred. */
    public Value reshape(int... sizes) {
        int[] to = sizes.clone();
        long known = Arrays.stream(to).filter(s -> s >= 0).asLongStream().reduce(1, (a, b) -> a * b);
        for (int i = 0; i < to.length; i++) {
            if (to[i] == -1 && known > 0) {
                to[i] = (int) (shape().size() / known);
                break;
            }
        }
        Shape target = Shape.of(to);
        return target.equals(shape()) ? this : graph().apply(new Reshape(target), this);
    }

    /** The same values, through which no derivative flows. */
    public Value detach() {
        return graph().apply(new Detach(), this);
    }

    /** Reorders axes: axis i of the result is axis {@code axes[i]} of x. */
    public Value permute(int... axes) {
        return graph().apply(new Permute(normal(axes)), this);
    }

    /** The part from {@code begin} (included) to {@code end} (excluded) along an axis. */
    public Value slice(int axis, int begin, int end) {
        return graph().apply(new Slice(shape().axis(axis), begin, end), this);
    }

    /** Pads with zeros at both ends of an axis. */
    public Value pad(int axis, int before, int after) {
        return graph().apply(new Pad(shape().axis(axis), before, after), this);
    }

    /** Concatenation of x and the others along an axis. */
    public Value concat(int axis, Value... others) {
        Value[] all = new Value[others.length + 1];
        all[0] = this;
        System.arraycopy(others, 0, all, 1, others.length);
        return graph().apply(new Concat(shape().axis(axis)), all);
    }

    /** x repeated to a larger shape. */
    public Value broadcast(Shape to) {
        return to.equals(shape()) ? this : graph().apply(new Broadcast(to), this);
    }

    /** Slices selected by index along an axis. */
    public Value gather(int axis, Value indices) {
        return graph().apply(new Gather(shape().axis(axis)), this, indices);
    }

    /** x with the slices at the indices along an axis replaced; see {@link ScatterUpdate}. */
    public Value scatterUpdate(int axis, Value indices, Value slices) {
        return graph().apply(new ScatterUpdate(shape().axis(axis)), this, indices, slices);
    }

    /** Sum over axes, which stay with size 1 or disappear. */
    public Value sum(boolean keepAxes, int... axes) {
        return graph().apply(new Reduce(ReduceKind.SUM, normal(axes), keepAxes), this);
    }

    /** Mean over axes, which stay with size 1 or disappear. */
    public Value mean(boolean keepAxes, int... axes) {
        return graph().apply(new Reduce(ReduceKind.MEAN, normal(axes), keepAxes), this);
    }

    /** Maximum over axes, which stay with size 1 or disappear. */
    public Value max(boolean keepAxes, int... axes) {
        return graph().apply(new Reduce(ReduceKind.MAX, normal(axes), keepAxes), this);
    }

    /** Index of the maximum along an axis, which disappears. */
    public Value argMax(int axis) {
        return graph().apply(new ArgMax(shape().axis(axis)), this);
    }

    /** Softmax along an axis. */
    public Value softmax(int axis) {
        return graph().apply(new Softmax(shape().axis(axis)), this);
    }

    /** Logarithm of the softmax along an axis. */
    public Value logSoftmax(int axis) {
        return graph().apply(new LogSoftmax(shape().axis(axis)), this);
    }

    /** Layer normalization of the last axis. */
    public Value layerNorm(Value scale, Value shift, double epsilon) {
        return graph().apply(new LayerNorm(epsilon), this, scale, shift);
    }

    /** Convolution without bias. */
    public Value conv2d(Value weight, ConvWindow window) {
        return graph().apply(new Conv2d(window), this, weight);
    }

    /** Convolution with bias. */
    public Value conv2d(Value weight, Value bias, ConvWindow window) {
        return graph().apply(new Conv2d(window), this, weight, bias);
    }

    /** Pooling. */
    public Value pool2d(PoolKind kind, PoolWindow window) {
        return graph().apply(new Pool2d(kind, window), this);
    }

    private List<Integer> normal(int[] axes) {
        return Arrays.stream(axes).map(shape()::axis).boxed().toList();
    }

    /** The name of this value in {@link Graph#dump()}: {@code %7}, or {@code %7.1} for a second result. */
    @Override
    public String toString() {
        return "%" + node.id() + (index == 0 ? "" : "." + index);
    }
}
