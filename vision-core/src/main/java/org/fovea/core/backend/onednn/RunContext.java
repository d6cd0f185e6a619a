package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Resources of one run at a time: an arena, and the arguments of every step bound to places in it. Those that are
 * states are bound again when a run of another session comes.
 */
final class RunContext implements AutoCloseable {
    private static final int ALIGNMENT = 4096;

    /** A step with its memory bound. */
    private interface Bound {
        void run();
    }

    private final BytePointer memory;
    private final List<Bound> steps = new ArrayList<>();
    private final List<Pointer> owned = new ArrayList<>();
    private final List<Consumer<MemoryBases>> ofStates = new ArrayList<>();
    private MemoryBases bases;

    RunContext(Runtime runtime, List<Step> program, long arenaBytes) {
        memory = new BytePointer(arenaBytes + ALIGNMENT);
        bases = new MemoryBases((memory.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, new long[0]);
        try {
            Map<Object, memory> memories = new HashMap<>();
            for (Step step : program) {
                if (step instanceof Step.Primitive p) {
                    steps.add(bind(runtime, p, memories));
                } else if (step instanceof Step.Loop loop) {
                    steps.add(bind(loop));
                }
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Bound bind(Step.Loop loop) {
        if (loop.all().stream().anyMatch(v -> v.storage().isState())) {
            HostArrays[] arrays = new HostArrays[1];
            ofStates.add(now -> arrays[0] = new HostArrays(loop.all(), now));
            return () -> loop.kernel().run(arrays[0]);
        }
        HostArrays arrays = new HostArrays(loop.all(), bases);
        return () -> loop.kernel().run(arrays);
    }

    private Bound bind(Runtime runtime, Step.Primitive step, Map<Object, memory> memories) {
        int count = step.args().size();
        dnnl_exec_arg_t args = new dnnl_exec_arg_t(count);
        owned.add(args);
        for (int i = 0; i < count; i++) {
            Step.Arg arg = step.args().get(i);
            memory bound = memories.computeIfAbsent(arg, a -> at(runtime, arg));
            args.position(i).arg(arg.number()).memory(bound.get());
        }
        args.position(0);
        dnnl_primitive primitive = step.primitive().get();
        return () -> {
            int status = dnnl_primitive_execute(primitive, runtime.streamHandle, count, args);
            if (status != 0) {
                throw new IllegalStateException("oneDNN could not run " + step.label() + ", status " + status);
            }
        };
    }

    private memory at(Runtime runtime, Step.Arg arg) {
        View view = arg.view();
        boolean state = view.storage().isState();
        memory made = new memory(arg.desc(), runtime.engine, new NativeAddress(state ? 0 : view.address(bases)));
        owned.add(made);
        if (state) {
            ofStates.add(now -> made.set_data_handle(new NativeAddress(view.address(now))));
        }
        return made;
    }

    /** Binds the steps to a session's states and returns the addresses of the next run's memory. */
    MemoryBases bind(long[] states) {
        if (!Arrays.equals(states, bases.states())) {
            MemoryBases now = new MemoryBases(bases.arena(), states);
            ofStates.forEach(state -> state.accept(now));
            bases = now;
        }
        return bases;
    }

    void run() {
        for (Bound step : steps) {
            step.run();
        }
    }

    @Override
    public void close() {
        owned.forEach(Pointer::close);
        memory.close();
    }
}
