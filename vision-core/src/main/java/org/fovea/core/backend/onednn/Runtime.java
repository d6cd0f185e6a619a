package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.get_effective_cpu_isa;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.bytedeco.dnnl.stream;
import org.fovea.core.NativeMemory;
import org.fovea.core.OpenMpWaiting;

/** oneDNN's CPU engine, made once per process when first asked for. */
final class Runtime {
    private static final class Holder {
        static final Runtime INSTANCE = new Runtime();
    }

    final engine engine;
    private final stream stream;
    final dnnl_stream streamHandle;
    private final cpu_isa isa;

    /**
     * Permits that let one program run at a time per set of cores: a primitive already uses all OpenMP threads, and two that
     * run concurrently on the same cores spend their time waiting for each other.
     */
    final Semaphore turns;

    private Runtime() {
        NativeMemory.prepare();
        OpenMpWaiting.prepare(); // both before the binding is first used, which loads it
        engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
        stream = new stream(engine);
        streamHandle = stream.get();
        isa = get_effective_cpu_isa();
        turns = new Semaphore(Math.max(1, java.lang.Runtime.getRuntime().availableProcessors() / threads()), true);
    }

    /**
     * Returns the runtime with oneDNN's engine.
     *
     * @throws LinkageError when oneDNN's library does not load on this host
     */
    static Runtime get() {
        return Holder.INSTANCE;
    }

    /** Number of OpenMP threads of each primitive, from the variable OMP_NUM_THREADS or the number of cores. */
    static int threads() {
        String set = System.getenv("OMP_NUM_THREADS");
        int cores = java.lang.Runtime.getRuntime().availableProcessors();
        if (set != null && set.strip().matches("[1-9][0-9]{0,4}(,.*)?")) {
            return Math.min(cores, Integer.parseInt(set.strip().split(",")[0]));
        }
        return cores;
    }

    boolean multipliesBf16() {
        return isa.value >= dnnl.dnnl_cpu_isa_avx512_core;
    }

    /**
     * Largest magnitude of an 8-bit weight. Processors without VNNI sum pairs of products of unsigned activations (signed ones
     * plus 128) and weights in 16 bits with saturation, where 2 · 255 · 64 still fits.
     */
    int largestEightBitWeight() {
        boolean sumsIn32Bits = has(dnnl.dnnl_cpu_isa_avx2_vnni) || has(dnnl.dnnl_cpu_isa_avx512_core_vnni);
        return sumsIn32Bits ? Byte.MAX_VALUE : 64;
    }

    private boolean has(int instructions) {
        return (isa.value & instructions) == instructions;
    }

    /** Name of the instruction set in the binding; its number if the binding is older than the library. */
    String isaName() {
        cpu_isa known = isa.intern();
        return known.name() == null ? "isa " + isa.value : known.name().toLowerCase(Locale.ROOT);
    }

    String version() {
        var v = dnnl.dnnl_version();
        return v.major() + "." + v.minor() + "." + v.patch();
    }
}
