package org.fovea.core.backend.onednn;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.fovea.core.backend.WeightSource;

/**
 * Weights in the layout and type primitives want, held once per parameter source however many programs use them, and
 * freed when the last of those is closed. Sources are told apart as objects, for two that equal each other may still give
 * other weights; that one object always gives the same is a rule of {@link WeightSource}.
 */
final class WeightStore {
    private static final Map<Source, WeightStore> STORES = new HashMap<>();
    private static final ReferenceQueue<WeightSource> COLLECTED = new ReferenceQueue<>();

    /** A source by identity, which a store does not keep alive. */
    private static final class Source extends WeakReference<WeightSource> {
        private final int hash;

        Source(WeightSource source) {
            super(source, COLLECTED);
            hash = System.identityHashCode(source);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Source source && get() != null && get() == source.get());
        }
    }

    /** A packed weight: its memory, the descriptor it was packed for, and the scales of an 8-bit one (else null). */
    static final class Packed {
        final BytePointer memory;
        final memory.desc desc;
        final BytePointer scales;
        private int users;

        Packed(BytePointer memory, memory.desc desc, BytePointer scales) {
            this.memory = memory;
            this.desc = desc == null ? null : desc.retainReference();
            this.scales = scales;
        }

        private void close() {
            memory.close();
            if (desc != null) {
                desc.close();
            }
            if (scales != null) {
                scales.close();
            }
        }

        View view(ElementType type, int... sizes) {
            return View.dense(Storage.shared(memory, memory.capacity()), type, sizes);
        }
    }

    /** The packed weights one program uses. */
    static final class Lease implements AutoCloseable {
        private final WeightStore store;
        private final List<String> keys = new ArrayList<>();

        private Lease(WeightStore store) {
            this.store = store;
        }

        /** Weight that an earlier program packed under this key, or null. */
        Packed find(String key) {
            synchronized (store) {
                return store.packed.get(key);
            }
        }

        /** Weight under this key, packed now if it does not exist; held until this lease is closed. */
        Packed use(String key, Supplier<Packed> packer) {
            synchronized (store) {
                Packed packed = store.packed.computeIfAbsent(key, k -> packer.get());
                packed.users++;
                keys.add(key);
                return packed;
            }
        }

        @Override
        public void close() {
            synchronized (store) {
                for (String key : keys) {
                    Packed packed = store.packed.get(key);
                    if (--packed.users == 0) {
                        store.packed.remove(key);
                        packed.close();
                    }
                }
                keys.clear();
            }
        }
    }

    private final Map<String, Packed> packed = new HashMap<>();

    private WeightStore() {}

    static Lease lease(WeightSource source) {
        synchronized (STORES) {
            for (Object gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
                STORES.remove(gone);
            }
            return new Lease(STORES.computeIfAbsent(new Source(source), s -> new WeightStore()));
        }
    }
}
