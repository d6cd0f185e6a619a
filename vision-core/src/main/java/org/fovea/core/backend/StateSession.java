package org.fovea.core.backend;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Common part of the sessions of all backends: checks, sharing and the order of calls.
 *
 * @param <M> type of the memory of a backend's states
 */
public final class StateSession<M extends StateMemory> implements ProgramSession {
    /**
     * Services of a backend's program for its sessions.
     *
     * @param <M> type of the memory of its states
     */
    public interface Host<M extends StateMemory> {
        /** Allocates memory for a state, filled with zeros. */
        M allocate(String name);

        /** Returns the memory itself if this program can use it for a state of its shape. */
        Optional<M> adopt(String name, StateMemory memory);

        /** Checks the inputs, computes the outputs and changes the states. */
        Map<String, Tensor> run(Map<String, Tensor> inputs, Map<String, M> states);
    }

    private final Host<M> host;
    private final Map<String, Value> declared;
    private final Map<String, M> states = new LinkedHashMap<>();
    private final Object turn;
    private boolean closed;

    private StateSession(Host<M> host, Map<String, Value> declared, Object turn) {
        this.host = host;
        this.declared = declared;
        this.turn = turn;
    }

    /** Opens a session of a program with these states. */
    public static <M extends StateMemory> ProgramSession open(Host<M> host, Map<String, Value> declared) {
        StateSession<M> session = new StateSession<>(host, declared, new Object());
        session.fill((name, shape) -> host.allocate(name));
        return session;
    }

    /** Opens a session that continues from another one, as {@link Program#openSession(ProgramSession)} defines. */
    public static <M extends StateMemory> ProgramSession open(
            Host<M> host, Map<String, Value> declared, ProgramSession earlier) {
        StateSession<?> from = (StateSession<?>) earlier;
        synchronized (from.turn) {
            from.checkOpen();
            StateSession<M> session = new StateSession<>(host, declared, from.turn);
            session.fill((name, shape) -> session.continued(name, shape, from));
            return session;
        }
    }

    private void fill(BiFunction<String, Shape, M> memory) {
        try {
            declared.forEach((name, value) -> states.put(name, memory.apply(name, value.shape())));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Shares another session's state if possible, else allocates memory that starts with its values. */
    private M continued(String name, Shape shape, StateSession<?> from) {
        StateMemory memory = from.states.get(name);
        if (memory == null) {
            return host.allocate(name);
        }
        Shape known = from.declared.get(name).shape();
        Optional<M> shared = known.equals(shape) ? host.adopt(name, memory) : Optional.empty();
        if (shared.isPresent()) {
            memory.hold();
            return shared.get();
        }
        checkFits(name, known, shape);
        M own = host.allocate(name);
        own.set(padded(memory.get(), shape));
        return own;
    }

    private static void checkFits(String name, Shape from, Shape to) {
        boolean fits = from.rank() == to.rank();
        for (int i = 0; fits && i < to.rank(); i++) {
            fits = from.dim(i) <= to.dim(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("openSession: state \"" + name + "\" must be no smaller than the " + from
                    + " it goes on from, got " + to);
        }
    }

    /** Copies values to the lowest positions of a larger shape, with zeros beyond. */
    private static Tensor padded(Tensor from, Shape shape) {
        Tensor out = Tensor.zeros(from.dtype(), shape);
        if (from.shape().size() > 0) {
            copy(from, 0, out, 0, 0);
        }
        return out;
    }

    private static void copy(Tensor from, long fromAt, Tensor to, long toAt, int axis) {
        if (axis >= from.shape().rank() - 1) {
            int bytes = from.dtype().bytes();
            int count = from.shape().rank() == 0 ? 1 : from.shape().dim(-1);
            ByteBuffer target = to.buffer();
            target.put((int) toAt * bytes, from.buffer(), (int) fromAt * bytes, count * bytes);
            return;
        }
        for (int i = 0; i < from.shape().dim(axis); i++) {
            copy(
                    from,
                    fromAt + i * from.shape().strides()[axis],
                    to,
                    toAt + i * to.shape().strides()[axis],
                    axis + 1);
        }
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        synchronized (turn) {
            checkOpen();
            return host.run(inputs, states);
        }
    }

    @Override
    public Tensor get(String state) {
        synchronized (turn) {
            return memory(state).get();
        }
    }

    @Override
    public void set(String state, Tensor value) {
        synchronized (turn) {
            M memory = memory(state);
            Shape shape = declared.get(state).shape();
            boolean real = value.dtype() == DType.F32 || value.dtype() == DType.F64;
            if (!real || !value.shape().equals(shape)) {
                throw new IllegalArgumentException(
                        "set: state \"" + state + "\" must be F32 or F64 " + shape + ", got " + value);
            }
            memory.set(value);
        }
    }

    @Override
    public void selectRows(String state, int... rows) {
        synchronized (turn) {
            M memory = memory(state);
            Shape shape = declared.get(state).shape();
            int count = shape.rank() == 0 ? 0 : shape.dim(0);
            if (shape.rank() == 0 || rows.length != count) {
                throw new IllegalArgumentException("selectRows: state \"" + state + "\" " + shape + " takes " + count
                        + " rows, got " + rows.length);
            }
            for (int row : rows) {
                if (row < 0 || row >= count) {
                    throw new IllegalArgumentException("selectRows: every row of state \"" + state
                            + "\" must lie in [0, " + count + "), got " + row);
                }
            }
            memory.selectRows(rows);
        }
    }

    @Override
    public void reset() {
        synchronized (turn) {
            checkOpen();
            states.values().forEach(StateMemory::clear);
        }
    }

    private M memory(String name) {
        checkOpen();
        M memory = states.get(name);
        if (memory == null) {
            throw new IllegalArgumentException(
                    "session: the state must be one of " + states.keySet() + ", got \"" + name + "\"");
        }
        return memory;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("session: it is closed; open a new one from the program");
        }
    }

    @Override
    public void close() {
        synchronized (turn) {
            if (!closed) {
                closed = true;
                states.values().forEach(StateMemory::release);
                states.clear();
            }
        }
    }
}
