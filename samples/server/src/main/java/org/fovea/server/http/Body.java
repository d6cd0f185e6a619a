package org.fovea.server.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.Content;
import org.fovea.server.request.ApiException;

/**
 * The body of a request as far as it has come, copied: Jetty's own parts keep a whole network buffer each, however few bytes came.
 * Once refused it keeps nothing. Not thread-safe.
 */
final class Body {
    private static final int BLOCK_BYTES = 8192;
    private static final int RETRY_SECONDS = 1;

    private final long mostBytes;
    private final BodyBudget.Share share;
    private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
    private long come;
    private Throwable failure;

    /**
     * A body of which nothing has come.
     *
     * @param mostBytes that it may have
     */
    Body(long mostBytes, BodyBudget.Share share) {
        this.mostBytes = mostBytes;
        this.share = share;
    }

    /** Refuses it where it is announced as too large. */
    void announced(long length) {
        if (length > mostBytes) {
            fail(ApiException.tooLarge(mostBytes));
        }
    }

    /** Keeps more of it where there is room. */
    void add(ByteBuffer bytes) {
        come += bytes.remaining();
        if (isTooLong()) {
            fail(ApiException.tooLarge(mostBytes));
        } else if (failure == null && !share.take(bytes.remaining())) {
            fail(ApiException.unavailable(
                    "the requests under way fill the memory for bodies, which is this server's --body-memory; try again",
                    RETRY_SECONDS));
        } else if (failure == null) {
            copy(bytes);
        }
    }

    private void copy(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
                blocks.add(ByteBuffer.allocate(BLOCK_BYTES));
            }
            ByteBuffer block = blocks.getLast();
            int count = Math.min(bytes.remaining(), block.remaining());
            block.put(bytes.slice().limit(count));
            bytes.position(bytes.position() + count);
        }
    }

    /** Returns whether more has come than is taken in. */
    boolean isTooLong() {
        return come > mostBytes;
    }

    /** Drops what has come; whoever reads the body gets the first failure. */
    void fail(Throwable why) {
        if (failure == null) {
            failure = why;
            blocks.clear();
            share.close();
        }
    }

    /** The next part for whoever reads it: each byte once, then the end or the failure. */
    Content.Chunk next() {
        if (failure != null) {
            return Content.Chunk.from(failure, true);
        }
        ByteBuffer block = blocks.poll();
        return block == null ? Content.Chunk.EOF : Content.Chunk.from(block.flip(), blocks.isEmpty());
    }
}
