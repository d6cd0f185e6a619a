package org.fovea.core.backend.nd4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramInputs;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.StateMemory;
import org.fovea.core.backend.StateSession;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Constant;
import org.fovea.core.graph.ElementKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;
import org.fovea.core.graph.ValueType;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan with its weights. All arrays live outside workspaces, so a caller's open workspace takes no part. */
final class Nd4jProgram implements Program, StateSession.Host<ArrayState> {
    private final Plan plan;
    private final Map<String, Value> declared;
    private final Map<String, Value> stateful;
    private final DataType real;
    private final INDArray[] constants;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    Nd4jProgram(Plan plan, Graph graph, WeightSource parameters, DataType real) {
        this.plan = plan;
        this.declared = new LinkedHashMap<>(graph.inputs());
        this.stateful = new LinkedHashMap<>(graph.states());
        this.real = real;
        this.constants = new INDArray[plan.slots()];
        boolean done = false;
        try {
            plan.constants().forEach((slot, node) -> constants[slot] = constant(node, parameters));
            done = true;
        } finally {
            if (!done) {
                close(constants);
            }
        }
    }

    private INDArray constant(Node node, WeightSource parameters) {
        if (node.op() instanceof Constant constant) {
            return array(constant.tensor(), node.outputs().get(0).type());
        }
        Parameter parameter = (Parameter) node.op();
        Shape stored = parameters.shape(parameter.name());
        if (!stored.equals(parameter.shape())) {
            throw new IllegalArgumentException("nd4j: parameter \"" + parameter.name()
                    + "\" must have the graph's shape " + parameter.shape() + ", got " + stored);
        }
        return array(parameters.tensor(parameter.name()), node.outputs().get(0).type());
    }

    /** Converts a tensor to this program's form of values; null without elements. */
    private INDArray array(Tensor tensor, ValueType type) {
        if (type.shape().size() == 0) {
            return null;
        }
        return type.kind() == ElementKind.INDEX
                ? Nd4jTensors.toInts(tensor)
                : Nd4jTensors.toReal(tensor, real == DataType.DOUBLE ? DType.F64 : DType.F32);
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        ProgramInputs.checkStateless(stateful);
        return run(inputs, Map.of());
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Map<String, ArrayState> states) {
        return whileOpen(() -> {
            ProgramInputs.check(declared, plan.needed(), inputs);
            plan.bounds().check(inputs);
            return Nd4jTensors.outsideWorkspaces(() -> compute(inputs, states));
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
                throw new IllegalStateException("nd4j: the program is closed; compile the graph again");
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public ProgramSession openSession() {
        whileOpen(() -> this);
        return StateSession.open(this, stateful);
    }

    @Override
    public ProgramSession openSession(ProgramSession earlier) {
        whileOpen(() -> this);
        return StateSession.open(this, stateful, earlier);
    }

    @Override
    public ArrayState allocate(String name) {
        return new ArrayState(stateful.get(name).type(), real);
    }

    @Override
    public Optional<ArrayState> adopt(String name, StateMemory memory) {
        DType width = real == DataType.DOUBLE ? DType.F64 : DType.F32;
        return memory instanceof ArrayState state && state.width() == width ? Optional.of(state) : Optional.empty();
    }

    private Map<String, Tensor> compute(Map<String, Tensor> inputs, Map<String, ArrayState> states) {
        INDArray[] slots = new INDArray[plan.slots()];
        plan.states().forEach((name, slot) -> slots[slot] = states.get(name).array());
        try {
            plan.inputs()
                    .forEach((name, slot) -> slots[slot] =
                            array(inputs.get(name), plan.needed().get(name).type()));
            plan.steps().forEach(step -> run(step, slots));
            Map<String, Tensor> out = results(slots);
            update(slots, states);
            return out;
        } finally {
            plan.states().values().forEach(slot -> slots[slot] = null);
            close(slots);
        }
    }

    /** Sets all parameters or states that change, after all next values are computed, since one may depend on another. */
    private void update(INDArray[] slots, Map<String, ArrayState> states) {
        Map<Integer, INDArray> next = new LinkedHashMap<>();
        plan.updates().forEach((parameter, slot) -> {
            INDArray value = value(slot, slots);
            if (value != null) {
                next.put(parameter, value.dup('c'));
            }
        });
        plan.states().forEach((name, slot) -> {
            INDArray value = next.remove(slot);
            if (value != null) {
                states.get(name).replace(value);
            }
        });
        next.forEach(this::replace);
    }

    private void replace(int slot, INDArray value) {
        if (constants[slot] != null) {
            Nd4jTensors.free(constants[slot]);
        }
        constants[slot] = value;
    }

    /** Current value of a parameter. */
    Tensor parameter(String name) {
        int slot = slot(name);
        ValueType type = plan.constants().get(slot).outputs().get(0).type();
        INDArray array = constants[slot];
        return array == null
                ? nothing(type)
                : Nd4jTensors.toTensor(array).reshape(type.shape().toArray());
    }

    /** Sets the current value of a parameter. */
    void setParameter(String name, Tensor value) {
        int slot = slot(name);
        ValueType type = plan.constants().get(slot).outputs().get(0).type();
        if (!value.shape().equals(type.shape())) {
            throw new IllegalArgumentException(
                    "nd4j: parameter \"" + name + "\" must have the shape " + type.shape() + ", got " + value);
        }
        replace(slot, array(value, type));
    }

    private int slot(String name) {
        Integer slot = plan.parameters().get(name);
        if (slot == null) {
            throw new IllegalArgumentException("nd4j: a parameter of the program must be among "
                    + plan.parameters().keySet() + ", got \"" + name + "\"");
        }
        if (closed) {
            throw new IllegalStateException("nd4j: the program is closed; compile the graph again");
        }
        return slot;
    }

    private void run(Step step, INDArray[] slots) {
        List<INDArray> operands = new ArrayList<>();
        step.operands().forEach(slot -> operands.add(value(slot, slots)));
        try (Call call = new Call(step, operands, real)) {
            List<INDArray> results = call.run();
            for (int i = 0; i < results.size(); i++) {
                slots[step.results().get(i)] = results.get(i);
            }
        }
        for (int slot : step.finished()) {
            close(slots[slot]);
            slots[slot] = null;
        }
    }

    private INDArray value(int slot, INDArray[] slots) {
        return constants[slot] != null ? constants[slot] : slots[slot];
    }

    private Map<String, Tensor> results(INDArray[] slots) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        plan.outputs().forEach((name, slot) -> {
            ValueType type = plan.outputTypes().get(name);
            INDArray array = value(slot, slots);
            out.put(
                    name,
                    array == null
                            ? nothing(type)
                            : Nd4jTensors.toTensor(array).reshape(type.shape().toArray()));
        });
        return out;
    }

    private Tensor nothing(ValueType type) {
        if (type.kind() == ElementKind.INDEX) {
            return Tensor.zeros(DType.I32, type.shape());
        }
        return Tensor.zeros(real == DataType.DOUBLE ? DType.F64 : DType.F32, type.shape());
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            close(constants);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static void close(INDArray... arrays) {
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i] != null) {
                Nd4jTensors.free(arrays[i]);
                arrays[i] = null;
            }
        }
    }
}
