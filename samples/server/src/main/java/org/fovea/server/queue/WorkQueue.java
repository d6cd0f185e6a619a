package org.fovea.server.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Work for one model, done by one thread in the order of its coming; work of equal {@link Batch}es is done together. A batch that is
 * not full waits a moment for others, but only while others are known to come and no other work waits: one client alone waits for
 * nobody. Thread-safe.
 */
public final class WorkQueue implements AutoCloseable {
    private final int capacity;
    private final long delayNanos;
    private final IntConsumer batches;
    private final Thread worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Ticket<?>> waiting = new ArrayDeque<>();
    private int coming;
    private boolean closed;

    /**
     * Creates an empty queue and starts its thread.
     *
     * @param name name of the thread
     * @param capacity maximum number of works that wait, at least 1
     * @param delay maximum time for which a batch that is not full waits for announced work
     * @param batches receives the size of each batch
     */
    public WorkQueue(String name, int capacity, Duration delay, IntConsumer batches) {
        this.capacity = capacity;
        this.delayNanos = delay.toNanos();
        this.batches = batches;
        this.worker = new Thread(this::run, name);
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * Announces work that is being prepared; {@link Announced#close} ends the announcement once the work is submitted or
     * dropped.
     */
    public Announced announce() {
        lock.lock();
        try {
            coming++;
        } finally {
            lock.unlock();
        }
        return new Announced();
    }

    /** Work that is known to come. */
    public final class Announced implements AutoCloseable {
        private boolean over;

        private Announced() {}

        @Override
        public void close() {
            lock.lock();
            try {
                if (!over) {
                    over = true;
                    coming--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Appends work to the queue.
     *
     * @return empty if the queue is full
     * @throws IllegalStateException after {@link #close}
     */
    public <R> Optional<Ticket<R>> submit(Work<?, R> work) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("WorkQueue: must be open to take work, got a closed one");
            }
            if (waiting.size() >= capacity) {
                return Optional.empty();
            }
            Ticket<R> ticket = new Ticket<>(work);
            ticket.whenCancelled(() -> remove(ticket));
            waiting.add(ticket);
            changed.signalAll();
            return Optional.of(ticket);
        } finally {
            lock.unlock();
        }
    }

    /** Work that was given up keeps neither its place nor its memory. */
    private void remove(Ticket<?> ticket) {
        lock.lock();
        try {
            waiting.remove(ticket);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether no further work is taken now. */
    public boolean isFull() {
        lock.lock();
        try {
            return waiting.size() >= capacity;
        } finally {
            lock.unlock();
        }
    }

    /** Number of works that wait. */
    public int depth() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (List<Ticket<?>> some = next(); !some.isEmpty(); some = next()) {
                compute(some);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
        }
    }

    /** Takes the next batch; empty at the end. */
    private List<Ticket<?>> next() throws InterruptedException {
        lock.lock();
        try {
            List<Ticket<?>> out = new ArrayList<>();
            while (out.isEmpty()) {
                while (waiting.isEmpty() && !closed) {
                    changed.await();
                }
                if (waiting.isEmpty()) {
                    return out;
                }
                out.add(waiting.poll());
                fill(out);
                out.removeIf(Ticket::isCancelled);
            }
            long now = System.nanoTime();
            out.forEach(ticket -> ticket.begin(now));
            return out;
        } finally {
            lock.unlock();
        }
    }

    private void fill(List<Ticket<?>> out) throws InterruptedException {
        Batch<?, ?> batch = out.get(0).work().batch();
        long left = delayNanos;
        take(batch, out);
        while (out.size() < batch.most() && waiting.isEmpty() && coming > 0 && left > 0 && !closed) {
            left = changed.awaitNanos(left);
            take(batch, out);
        }
    }

    private void take(Batch<?, ?> batch, List<Ticket<?>> out) {
        Iterator<Ticket<?>> all = waiting.iterator();
        while (out.size() < batch.most() && all.hasNext()) {
            Ticket<?> next = all.next();
            if (next.work().batch().equals(batch)) {
                all.remove();
                out.add(next);
            }
        }
    }

    private void compute(List<Ticket<?>> some) {
        batches.accept(some.size());
        try {
            compute(some.get(0).work().batch(), some);
        } catch (RuntimeException | Error e) {
            long now = System.nanoTime();
            some.forEach(ticket -> ticket.fail(e, now));
        }
    }

    /** Computes works with equal batches, whose inputs and results therefore have the batch's types. */
    @SuppressWarnings("unchecked")
    private static <P, R> void compute(Batch<P, R> batch, List<Ticket<?>> some) {
        List<P> inputs = some.stream().map(ticket -> (P) ticket.work().input()).toList();
        List<R> results = batch.compute(inputs);
        if (results.size() != some.size()) {
            throw new IllegalStateException(
                    "a batch of " + some.size() + " inputs must have as many results, got " + results.size());
        }
        long now = System.nanoTime();
        for (int i = 0; i < results.size(); i++) {
            ((Ticket<R>) some.get(i)).complete(results.get(i), now);
        }
    }

    /** Refuses further work, finishes what is waiting and ends the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
