package org.fovea.server.protocol.v1;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fovea.core.io.JsonText;
import org.fovea.server.model.ServedModel;
import org.fovea.server.protocol.Answer;
import org.fovea.server.protocol.ClientGoneException;
import org.fovea.server.protocol.Errors;
import org.fovea.server.protocol.Runner;
import org.fovea.server.protocol.Running;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.task.Event;

/** An answer as server-sent events; the thread that computes never waits for the client. */
record EventAnswer(ServedModel model, Runner runner) {
    static final String TYPE = "text/event-stream";
    private static final long HEARTBEAT_MILLIS = 500;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final Event END = new Event("", "");

    /**
     * Answers with a stream of events.
     *
     * @return false if the task does not stream its answers
     */
    boolean handle(Context ctx, ImageRequest request) throws IOException {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        AtomicBoolean gone = new AtomicBoolean();
        Optional<Running> running = runner.start(
                model,
                loaded -> loaded.stream(request, event -> {
                    if (gone.get()) {
                        throw new CancellationException("the client has hung up");
                    }
                    events.add(event);
                }));
        if (running.isEmpty()) {
            return false;
        }
        running.get().whenDone(() -> events.add(END));
        ctx.contentType(TYPE).header("Cache-Control", "no-store");
        try {
            write(ctx.res().getOutputStream(), running.get(), events);
        } catch (IOException e) {
            throw new ClientGoneException();
        } finally {
            gone.set(true);
            running.get().cancel();
        }
        return true;
    }

    private void write(ServletOutputStream out, Running running, BlockingQueue<Event> events) throws IOException {
        out.flush(); // sends the headers, so that the client knows the stream has begun
        long end = System.nanoTime() + runner.limit().toNanos();
        for (Event event = next(events); event != END; event = next(events)) {
            out.write(event == null ? COMMENT : text(event)); // writing a comment detects a client that has hung up
            out.flush();
            if (System.nanoTime() > end) {
                out.write(text(new Event("error", Errors.json(runner.late()))));
                return;
            }
        }
        out.write(text(last(running)));
    }

    /** Next event, or null if none arrives in time for the heartbeat. */
    private static Event next(BlockingQueue<Event> events) throws IOException {
        try {
            return events.poll(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Event last(Running running) {
        try {
            return done(running.answer());
        } catch (RuntimeException | Error e) {
            return new Event("error", Errors.json(e));
        }
    }

    private Event done(Answer answer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("model", model.name());
        data.put("result", answer.json());
        data.put("timings", answer.timings().json());
        return new Event("done", data);
    }

    private static byte[] text(Event event) {
        String text = "event: " + event.name() + "\ndata: " + JsonText.line(event.data()) + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
