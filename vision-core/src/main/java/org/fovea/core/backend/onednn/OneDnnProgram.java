package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramInputs;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** A flat list of steps over one memory plan; see {@link Program}. */
final class OneDnnProgram implements Program {
    private final Runtime runtime;
    private final List<Step> steps;
    private final long arenaBytes;
    private final Map<String, Value> declared;
    private final Map<String, Value> needed;
    private final Map<String, View> inputs;
    private final Map<String, View> outputs;
    private final List<Pointer> owned;
    private final WeightStore.Lease weights;
    private final Deque<RunContext> idle = new ArrayDeque<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    OneDnnProgram(
            Runtime runtime,
            List<Step> steps,
            long arenaBytes,
            Map<String, Value> declared,
            Map<String, Value> needed,
            Map<String, View> inputs,
            Map<String, View> outputs,
            List<Pointer> owned,
            WeightStore.Lease weights) {
        this.runtime = runtime;
        this.steps = List.copyOf(steps);
        this.arenaBytes = arenaBytes;
        this.declared = declared;
        this.needed = needed;
        this.inputs = inputs;
        this.outputs = outputs;
        this.owned = owned;
        this.weights = weights;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> given) {
        ProgramInputs.check(declared, needed, given);
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("run: the program is closed; compile a new one");
            }
            runtime.turns.acquireUninterruptibly();
            try {
                return runIn(given);
            } finally {
                runtime.turns.release();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public OptionalLong runBytes() {
        return OptionalLong.of(arenaBytes);
    }

    private Map<String, Tensor> runIn(Map<String, Tensor> given) {
        RunContext context = take();
        inputs.forEach((name, view) -> write(given.get(name), HostArrays.bytes(view, context.arena())));
        context.run();
        Map<String, Tensor> out = new LinkedHashMap<>();
        outputs.forEach((name, view) -> out.put(name, read(view, context.arena())));
        synchronized (idle) {
            idle.push(context);
        }
        return out;
    }

    private RunContext take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new RunContext(runtime, steps, arenaBytes);
    }

    private static void write(Tensor from, ByteBuffer to) {
        switch (from.dtype()) {
            case F64 -> {
                FloatBuffer floats = to.asFloatBuffer();
                for (double value : from.toDoubles()) {
                    floats.put((float) value);
                }
            }
            case I64 -> {
                IntBuffer ints = to.asIntBuffer();
                for (long value : from.toLongs()) {
                    ints.put(Math.toIntExact(value));
                }
            }
            default -> to.put(from.buffer());
        }
    }

    private static Tensor read(View view, long arena) {
        Tensor out = Tensor.zeros(view.type() == ElementType.S32 ? DType.I32 : DType.F32, Shape.of(view.sizes()));
        out.buffer().put(HostArrays.bytes(view, arena));
        return out;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                idle.forEach(RunContext::close);
                owned.forEach(Pointer::close);
                weights.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The steps, one a line, and the size of a run's arena. */
    @Override
    public String toString() {
        return steps.stream()
                .map(s -> s.label() + " " + s.views().map(View::toString).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n", "", "\narena " + arenaBytes + " bytes"));
    }
}
