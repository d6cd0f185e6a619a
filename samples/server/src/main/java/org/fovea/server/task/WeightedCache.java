package org.fovea.server.task;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Results kept for the images that were used last, within a bound of bytes. Thread-safe.
 *
 * @param <V> type of a result
 */
public final class WeightedCache<V> {
    private final long mostBytes;
    private final Consumer<V> discard;
    private final Map<String, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Entry<V>(V value, long bytes) {}

    /**
     * Creates an empty cache.
     *
     * @param discard frees results that are dropped
     */
    public WeightedCache(long mostBytes, Consumer<V> discard) {
        this.mostBytes = mostBytes;
        this.discard = discard;
    }

    /** Default size of a cache in bytes: an eighth of the maximum Java heap. */
    public static long usualBytes() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    /** Key of an encoded image: its SHA-256. */
    public static String key(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // cannot happen: every JDK has the algorithm
        }
    }

    /** Result stored under a key. */
    public synchronized Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** Stores a result of the given size in bytes, in place of the key's earlier one; drops the least recently used if necessary. */
    public synchronized void put(String key, V value, long size) {
        Entry<V> before = entries.put(key, new Entry<>(value, size));
        bytes += size;
        if (before != null) {
            bytes -= before.bytes();
            discard.accept(before.value());
        }
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (bytes > mostBytes && entries.size() > 1) {
            Entry<V> gone = oldest.next();
            oldest.remove();
            bytes -= gone.bytes();
            discard.accept(gone.value());
        }
    }

    /** Drops everything. */
    public synchronized void clear() {
        entries.values().forEach(entry -> discard.accept(entry.value()));
        entries.clear();
        bytes = 0;
    }
}
