package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.IndexBounds;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramInputs;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.StateMemory;
import org.fovea.core.backend.StateSession;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** A flat list of steps over one memory plan; see {@link Program}. */
final class OneDnnProgram implements Program, StateSession.Host<NativeState> {
    /**
     * Inputs and outputs of a program.
     *
     * @param declared inputs of the graph
     * @param needed inputs that are used
     * @param stateful states of the graph
     */
    record Ports(
            Map<String, Value> declared,
            Map<String, Value> needed,
            Map<String, Value> stateful,
            IndexBounds bounds,
            Map<String, View> inputs,
            Map<String, View> outputs,
            Map<String, View> states) {}

    private final Runtime runtime;
    private final List<Step> steps;
    private final long arenaBytes;
    private final Ports ports;
    private final List<Pointer> owned;
    private final WeightStore.Lease weights;
    private final Deque<RunContext> idle = new ArrayDeque<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    OneDnnProgram(
            Runtime runtime,
            List<Step> steps,
            long arenaBytes,
            Ports ports,
            List<Pointer> owned,
            WeightStore.Lease weights) {
        this.runtime = runtime;
        this.steps = List.copyOf(steps);
        this.arenaBytes = arenaBytes;
        this.ports = ports;
        this.owned = owned;
        this.weights = weights;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> given) {
        ProgramInputs.checkStateless(ports.stateful());
        return run(given, Map.of());
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> given, Map<String, NativeState> states) {
        ProgramInputs.check(ports.declared(), ports.needed(), given);
        ports.bounds().check(given);
        long[] addresses =
                states.values().stream().mapToLong(NativeState::address).toArray();
        return whileOpen(() -> {
            runtime.turns.acquireUninterruptibly();
            try {
                return runIn(given, addresses);
            } finally {
                runtime.turns.release();
            }
        });
    }

    /**
     * Runs work while the program is open, and delays closing until it ends. Work that waits for a session must not run in
     * here, except within that session's own runs.
     */
    private <T> T whileOpen(Supplier<T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("run: the program is closed; compile a new one");
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public ProgramSession openSession() {
        whileOpen(() -> this);
        return StateSession.open(this, ports.stateful());
    }

    @Override
    public ProgramSession openSession(ProgramSession earlier) {
        whileOpen(() -> this);
        return StateSession.open(this, ports.stateful(), earlier);
    }

    @Override
    public NativeState allocate(String name) {
        return new NativeState(
                ports.states().get(name).type(), ports.stateful().get(name).shape());
    }

    @Override
    public Optional<NativeState> adopt(String name, StateMemory memory) {
        return memory instanceof NativeState state
                        && state.type() == ports.states().get(name).type()
                ? Optional.of(state)
                : Optional.empty();
    }

    @Override
    public OptionalLong runBytes() {
        return OptionalLong.of(arenaBytes);
    }

    private Map<String, Tensor> runIn(Map<String, Tensor> given, long[] states) {
        RunContext context = take();
        try {
            MemoryBases bases = context.bind(states);
            ports.inputs().forEach((name, view) -> write(given.get(name), HostArrays.bytes(view, bases)));
            context.run();
            Map<String, Tensor> out = new LinkedHashMap<>();
            ports.outputs().forEach((name, view) -> out.put(name, read(view, bases)));
            return out;
        } finally {
            synchronized (idle) {
                idle.push(context);
            }
        }
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

    private static Tensor read(View view, MemoryBases bases) {
        Tensor out = Tensor.zeros(view.type() == ElementType.S32 ? DType.I32 : DType.F32, Shape.of(view.sizes()));
        out.buffer().put(HostArrays.bytes(view, bases));
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

    /** Steps, one per line, and the size of a run's arena. */
    @Override
    public String toString() {
        return steps.stream()
                .map(s -> s.label() + " " + s.views().map(View::toString).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n", "", "\narena " + arenaBytes + " bytes"));
    }
}
