package org.fovea.core.backend.onednn;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;

/** One thing a program does in a run, on memory that is known beforehand. */
sealed interface Step {
    /** Origin of the step, for messages and {@code OneDnnProgram#toString()}. */
    String label();

    /** All memory that the step uses. */
    Stream<View> views();

    /**
     * A prepared primitive of oneDNN.
     *
     * @param args arguments: memory that the step reads and writes, by oneDNN's argument numbers
     */
    record Primitive(String label, primitive primitive, List<Arg> args) implements Step {
        @Override
        public Stream<View> views() {
            return args.stream().map(Arg::view);
        }
    }

    /** One argument of a primitive: memory and how the primitive reads it. */
    record Arg(int number, View view, memory.desc desc) {
        static Arg of(int number, View view) {
            return new Arg(number, view, view.desc());
        }
    }

    /** A loop in Java, for what oneDNN has no primitive for; all views are dense. */
    record Loop(String label, List<View> all, Kernel kernel) implements Step {
        @Override
        public Stream<View> views() {
            return all.stream();
        }
    }

    /** The body of a {@link Loop}, given its views' memory in order. */
    interface Kernel {
        void run(HostArrays arrays);
    }
}
