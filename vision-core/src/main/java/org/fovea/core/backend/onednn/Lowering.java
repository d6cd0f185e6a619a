package org.fovea.core.backend.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.IndexBounds;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/** Collects the steps of a program and the view that holds each value. The families of operations add to it. */
final class Lowering {
    final Runtime runtime;
    final Precision precision;
    final WeightSource parameters;
    final Fusion fusion;
    final StorageTypes types;
    final WeightStore.Lease weights;
    /** Parameters of a training program; null for a program whose weights are constant. */
    final TrainingState state;

    private final Map<Value, View> views = new HashMap<>();
    /** Memory that holds a value of the graph or a copy of it. */
    private final Set<Storage> ofValues = new HashSet<>();

    private final Map<List<Object>, View> copies = new HashMap<>();
    private final Map<Object, Step.Arg> kept = new HashMap<>();
    /** Split operands of maps with 8-bit weights; maps of the same value share one. */
    final Map<Value, SplitRows> splitRows = new HashMap<>();

    private final List<Step> steps = new ArrayList<>();
    private final List<Storage> temporaries = new ArrayList<>();
    private final List<Pointer> owned = new ArrayList<>();
    private final Map<String, Value> needed = new LinkedHashMap<>();
    private final Map<String, View> inputs = new LinkedHashMap<>();
    private final Map<String, View> states = new LinkedHashMap<>();
    /** Updates of states after a run. */
    private final Map<Value, Value> updates;
    /** States that nothing reads any more, by their next value, which is computed into their memory. */
    private final Map<Value, Value> written = new HashMap<>();

    private String label = "";

    private Lowering(Runtime runtime, Graph graph, WeightSource parameters, Precision precision, TrainingState state) {
        this.state = state;
        this.runtime = runtime;
        this.precision = precision;
        this.parameters = parameters;
        this.updates = state == null ? graph.nextStates() : graph.updates();
        this.fusion = new Fusion(graph, updates);
        this.types = new StorageTypes(graph, fusion, precision, runtime.multipliesBf16());
        this.weights = WeightStore.lease(parameters);
    }

    /** Compiles a graph, and releases everything if that fails. */
    static OneDnnProgram compile(Runtime runtime, Graph graph, WeightSource parameters, Precision precision) {
        return compile(graph, new Lowering(runtime, graph, parameters, precision, null));
    }

    /** Compiles a graph with updates; the training state holds the parameters afterwards. */
    static OneDnnProgram compileTraining(
            Runtime runtime, Graph graph, WeightSource parameters, Precision precision, TrainingState state) {
        return compile(graph, new Lowering(runtime, graph, parameters, precision, state));
    }

    /**
     * Compiles a graph; descriptors that are needed only to create primitives are closed at the end, except those of memory
     * that steps use.
     */
    @SuppressWarnings("try")
    private static OneDnnProgram compile(Graph graph, Lowering lowering) {
        try (Descriptions descriptions = new Descriptions()) {
            return lowering.program(graph);
        } catch (RuntimeException | Error e) {
            lowering.owned.forEach(Pointer::close);
            lowering.weights.close();
            throw e;
        }
    }

    private OneDnnProgram program(Graph graph) {
        graph.states().forEach(this::bindState);
        findWritten(graph);
        for (Node node : graph.nodes()) {
            if (fusion.isNeeded(node) && !fusion.isAbsorbed(node)) {
                label = node + (node.scope().isEmpty() ? "" : " (" + node.scope() + ")");
                Lowerings.lower(this, node);
            }
        }
        Map<String, View> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> {
            label = "output " + name;
            View view = value.type().kind() == org.fovea.core.graph.ElementKind.INDEX
                    ? dense(of(value))
                    : dense(as(ElementType.F32, of(value)));
            outputs.put(name, view.storage().isState() ? copied(view, view.type(), inOrder(view)) : view);
        });
        update();
        outputs.values().forEach(v -> v.storage().usedAt(steps.size()));
        inputs.values().forEach(v -> v.storage().usedAt(0));
        return new OneDnnProgram(
                runtime,
                steps,
                StoragePlan.place(temporaries),
                new OneDnnProgram.Ports(
                        Map.copyOf(graph.inputs()),
                        needed,
                        graph.states(),
                        IndexBounds.of(graph, fusion::isNeeded),
                        inputs,
                        outputs,
                        states),
                owned,
                weights);
    }

    private void findWritten(Graph graph) {
        graph.nextStates().forEach((kept, next) -> {
            boolean fits = kept.shape().equals(next.shape()) && types.of(kept) == types.of(next);
            if (fits && !fusion.isUsed(kept) && next.node().op() instanceof Linear) {
                written.putIfAbsent(next, kept);
            }
        });
    }

    /** Adds steps that set what changes to its next value, after all next values are computed. */
    private void update() {
        label = "update";
        Map<View, View> moves = new LinkedHashMap<>();
        updates.forEach((kept, next) -> {
            boolean isThere = fusion.isInPlace(next.node()) || kept.equals(written.get(next));
            if (!isThere || !of(next).storage().equals(of(kept).storage())) {
                View from = plain(next);
                boolean changes = from.storage().isShared() || from.storage().isState();
                moves.put(of(kept), changes ? copied(from, ElementType.F32, inOrder(from)) : from);
            }
        });
        moves.forEach((to, from) -> copy(from, to));
    }

    /** View that holds a value. */
    View of(Value value) {
        View view = views.get(value);
        if (view == null) {
            view = WeightLowering.plain(this, value);
            bind(value, view);
        }
        return view;
    }

    /** Value as dense single-precision (or int32) elements, for loops and primitives that need that. */
    View plain(Value value) {
        View view = of(value);
        return dense(view.type() == ElementType.S32 ? view : as(ElementType.F32, view));
    }

    void bind(Value value, View view) {
        views.put(value, view);
        ofValues.add(view.storage());
    }

    void bindInput(String name, Value value) {
        View view = temporary(types.of(value), value.shape().toArray());
        inputs.put(name, view);
        needed.put(name, value);
        bind(value, view);
    }

    private void bindState(String name, Value value) {
        int[] sizes = value.shape().toArray();
        ElementType type = types.of(value);
        Storage storage = Storage.state(states.size(), value.shape().size() * type.bytes);
        View view = View.dense(storage, type, sizes);
        states.put(name, view);
        bind(value, view);
    }

    /** Allocates dense memory, which is free again after its last use. */
    View temporary(ElementType type, int... sizes) {
        long count = Arrays.stream(sizes).asLongStream().reduce(1, Math::multiplyExact);
        Storage storage = Storage.temporary(Math.max(1, count) * type.bytes);
        temporaries.add(storage);
        return View.dense(storage, type, sizes);
    }

    /** Allocates memory whose axes are in the given order, from the outermost in memory to the innermost. */
    View temporary(ElementType type, int[] order, int[] sizes) {
        int[] inMemory = new int[order.length];
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inMemory[i] = sizes[order[i]];
            back[order[i]] = i;
        }
        return temporary(type, inMemory).permute(back);
    }

    /** Allocates memory with another view's sizes and order of axes. */
    View like(View other, ElementType type) {
        return temporary(type, other.memoryOrder(), other.sizes());
    }

    /** Allocates memory for a node's value like another view, in the type chosen for it. */
    View resultLike(View other, Value value) {
        View view = like(other, types.of(value));
        bind(value, view);
        return view;
    }

    /** Dense memory for a node's value, in the type chosen for it: new, or that of the state whose next value it is. */
    View result(Value value) {
        View view = written.containsKey(value)
                ? of(written.get(value))
                : temporary(types.of(value), value.shape().toArray());
        bind(value, view);
        return view;
    }

    /** Creates memory of the program that every run reads, filled now. */
    View constant(float[] values, int... sizes) {
        BytePointer memory = own(new BytePointer(Math.max(1, 4L * values.length)));
        NativeAddress.bytes(memory.address(), 4L * values.length)
                .asFloatBuffer()
                .put(values);
        return View.dense(Storage.shared(memory, memory.capacity()), ElementType.F32, sizes);
    }

    /** Registers a result of a step that the derivative of the same operation needs. */
    void keep(Object key, Step.Arg left) {
        kept.put(key, left);
    }

    /** The object kept under this key, or null. */
    Step.Arg kept(Object key) {
        return kept.get(key);
    }

    /** Keeps a native object until the program is closed. */
    <P extends Pointer> P own(P pointer) {
        owned.add(pointer);
        return pointer;
    }

    /** Attributes of every primitive: scratch memory comes from the arena. */
    static primitive_attr attributes() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    /** Adds a primitive to the steps. */
    void step(primitive_desc description, Step.Arg... args) {
        String implementation = description.impl_info_str().getString();
        step(
                implementation,
                own(new primitive(description)),
                description.scratchpad_desc().get_size(),
                args);
    }

    /** Adds a primitive with {@code scratchBytes} bytes of scratch memory to the steps. */
    void step(String implementation, primitive made, long scratchBytes, Step.Arg... args) {
        List<Step.Arg> all = new ArrayList<>(List.of(args));
        if (scratchBytes > 0) {
            View scratch = temporary(ElementType.BYTES, Math.toIntExact(scratchBytes));
            all.add(Step.Arg.of(dnnl.DNNL_ARG_SCRATCHPAD, scratch));
        }
        all.forEach(arg -> own(arg.desc().retainReference()));
        add(new Step.Primitive(label + " " + implementation, made, List.copyOf(all)));
    }

    /** Adds a loop over dense views to the steps. */
    void loop(Step.Kernel kernel, View... all) {
        add(new Step.Loop(label, List.of(all), kernel));
    }

    private void add(Step step) {
        step.views().forEach(v -> v.storage().usedAt(steps.size()));
        steps.add(step);
    }

    /** Copies elements between views of the same shape, converting the type. */
    void copy(View from, View to) {
        if (to.count() == 0) {
            return;
        }
        var description =
                new reorder.primitive_desc(runtime.engine, from.desc(), runtime.engine, to.desc(), attributes(), false);
        step(
                description.impl_info_str().getString(),
                own(new reorder(description)),
                description.scratchpad_desc().get_size(),
                Step.Arg.of(dnnl.DNNL_ARG_FROM, from),
                Step.Arg.of(dnnl.DNNL_ARG_TO, to));
    }

    /** The view itself if it is dense, else a dense copy. */
    View dense(View view) {
        View dense = arranged(view, view.type(), inOrder(view));
        return View.dense(dense.storage(), dense.type(), dense.sizes()).at(dense.offset());
    }

    /** The view itself if it has the type, else a dense copy in the type. */
    View as(ElementType type, View view) {
        return view.type() == type ? view : arranged(view, type, inOrder(view));
    }

    private static int[] inOrder(View view) {
        return IntStream.range(0, view.rank()).toArray();
    }

    /**
     * The view itself if it has the type and is dense in the given order of axes, else such a copy. Copies of a graph's value
     * are shared, since the value never changes; scratch memory may be overwritten and is copied each time.
     */
    View arranged(View view, ElementType type, int[] order) {
        if (view.type() == type && view.permute(order).isDense()) {
            return view;
        }
        if (!view.storage().isShared() && !ofValues.contains(view.storage())) {
            return copied(view, type, order);
        }
        List<Object> key = List.of(view.key(), type, Arrays.toString(order));
        return copies.computeIfAbsent(key, k -> {
            View copy = copied(view, type, order);
            ofValues.add(copy.storage());
            return copy;
        });
    }

    private View copied(View view, ElementType type, int[] order) {
        View copy = temporary(type, order, view.sizes());
        copy(view, copy);
        return copy;
    }
}
