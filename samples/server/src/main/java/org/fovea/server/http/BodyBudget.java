package org.fovea.server.http;

import org.fovea.core.Check;

/**
 * Memory for the bodies of all requests under way. A body may grow as long as at least as much stays free as it holds already, so that
 * large bodies never shut small ones out. Thread-safe.
 */
public final class BodyBudget {
    private final long mostBytes;
    private long bytes;

    /**
     * A budget of which nothing is used.
     *
     * @param mostBytes of all bodies; the largest body that can come is half as large
     */
    public BodyBudget(long mostBytes) {
        Check.positive("BodyBudget: mostBytes", mostBytes);
        this.mostBytes = mostBytes;
    }

    /** Bytes of the bodies that are held now. */
    public synchronized long bytes() {
        return bytes;
    }

    /** A share for a body that begins to come. */
    Share share() {
        return new Share();
    }

    private synchronized boolean take(long more, long held) {
        boolean fits = more + held <= mostBytes - bytes;
        bytes += fits ? more : 0;
        return fits;
    }

    private synchronized void give(long back) {
        bytes -= back;
    }

    /** Memory of one body. Thread-safe. */
    final class Share implements AutoCloseable {
        private long held;
        private boolean closed;

        private Share() {}

        /**
         * Takes more memory.
         *
         * @return false where there is not enough, or the share was given back
         */
        synchronized boolean take(long more) {
            boolean taken = !closed && BodyBudget.this.take(more, held);
            held += taken ? more : 0;
            return taken;
        }

        /** Gives all of it back; closing again does nothing. */
        @Override
        public synchronized void close() {
            closed = true;
            give(held);
            held = 0;
        }
    }
}
