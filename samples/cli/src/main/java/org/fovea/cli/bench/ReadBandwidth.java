package org.fovea.cli.bench;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Speed at which all cores together read memory that no cache holds: what decoding is held against. */
final class ReadBandwidth {
    private static final int BYTES = 96 << 20;
    private static final int RUNS = 5;

    /** Two equal buffers, read by comparing them. */
    private record Pair(ByteBuffer left, ByteBuffer right) {
        static Pair written() {
            return new Pair(filled(), filled());
        }

        private static ByteBuffer filled() {
            ByteBuffer out = ByteBuffer.allocateDirect(BYTES);
            while (out.hasRemaining()) {
                out.putLong(out.position()); // the system backs a page with memory only once it is written
            }
            return out.flip();
        }

        void read() {
            if (left.mismatch(right) >= 0) {
                throw new IllegalStateException("ReadBandwidth: equal buffers must compare as equal");
            }
        }
    }

    private final List<Pair> pairs;

    /** @param threads number of threads that read concurrently */
    ReadBandwidth(int threads) {
        pairs = Stream.generate(Pair::written).limit(threads).toList();
    }

    /** Highest bandwidth of some runs, in 10⁹ bytes per second. */
    double gigabytesPerSecond() {
        return 2.0
                * BYTES
                * pairs.size()
                / IntStream.range(0, RUNS).mapToLong(run -> nanos()).min().orElseThrow();
    }

    private long nanos() {
        List<Thread> threads =
                pairs.stream().map(pair -> new Thread(pair::read, "bandwidth")).toList();
        long start = System.nanoTime();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new java.util.concurrent.CancellationException("interrupted");
            }
        }
        return System.nanoTime() - start;
    }
}
