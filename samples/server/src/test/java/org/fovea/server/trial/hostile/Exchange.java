package org.fovea.server.trial.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.server.trial.hostile.HostileRequest.Manner;

/** A request and what came back, on a connection of its own. */
final class Exchange {
    /** The longest that a server may leave a connection as it is; its own limits are 30 seconds for a pause and 60 for an answer. */
    private static final int LIMIT_MILLIS = 75_000;

    private static final int PIECES = 20;
    private static final int PAUSE_MILLIS = 40;
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)", Pattern.CASE_INSENSITIVE);

    private final Socket socket;
    private final int patienceMillis;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private Exchange(Socket socket, int patienceMillis) {
        this.socket = socket;
        this.patienceMillis = patienceMillis;
    }

    /**
     * Sends a request.
     *
     * @param patienceMillis time after which the client says that it sends no more
     * @return all that came back until the server closed; empty where nothing did
     * @throws SocketTimeoutException when the server neither answers nor closes
     * @throws IOException when nothing listens
     */
    static String send(int port, HostileRequest request, int patienceMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), LIMIT_MILLIS);
            return new Exchange(socket, patienceMillis).send(request);
        }
    }

    private String send(HostileRequest request) throws IOException {
        write(request);
        if (request.manner() == Manner.RESET) {
            socket.setSoLinger(true, 0);
        }
        if (request.manner() != Manner.RESET && request.manner() != Manner.ABANDONED) {
            read(request);
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    private void write(HostileRequest request) throws IOException {
        byte[] bytes = request.bytes();
        int piece = request.manner() == Manner.DRIBBLED ? bytes.length / PIECES + 1 : Math.max(1, bytes.length);
        try {
            OutputStream out = socket.getOutputStream();
            for (int at = 0; at < bytes.length; at += piece) {
                out.write(bytes, at, Math.min(piece, bytes.length - at));
                if (request.manner() == Manner.DRIBBLED) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // the server may have answered and closed before it was all sent
        }
    }

    private void read(HostileRequest request) throws IOException {
        if (request.manner() != Manner.SILENT) {
            readUntil(System.nanoTime(), patienceMillis);
            if (!socket.isClosed() && !socket.isOutputShutdown()) {
                shutdownOutput(); // a server that waits for more hears that nothing comes
            }
        }
        if (!readToEnd()) {
            throw new SocketTimeoutException("neither answered nor closed within " + LIMIT_MILLIS + " ms");
        }
    }

    private void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // the server has closed already
        }
    }

    /** Reads the first answer. */
    private void readUntil(long begin, int millis) throws IOException {
        while (!isAnswered() && read(begin, millis)) {
            continue;
        }
    }

    /** Returns whether the server closes; it may take the limit for each of several answers. */
    private boolean readToEnd() throws IOException {
        long begin = System.nanoTime();
        while (read(begin, LIMIT_MILLIS)) {
            begin = System.nanoTime();
        }
        return (System.nanoTime() - begin) / 1_000_000 < LIMIT_MILLIS;
    }

    /** Reads what is there; false at the end and when the time is over. */
    private boolean read(long begin, int millis) throws IOException {
        long left = millis - (System.nanoTime() - begin) / 1_000_000;
        if (left <= 0) {
            return false;
        }
        socket.setSoTimeout((int) left);
        try {
            InputStream in = socket.getInputStream();
            byte[] some = new byte[1 << 14];
            int count = in.read(some);
            received.write(some, 0, Math.max(0, count));
            return count >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return false; // reset: the server has closed
        }
    }

    private boolean isAnswered() {
        String text = received.toString(StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, head));
        return length.find()
                ? text.length() >= head + 4 + Integer.parseInt(length.group(1))
                : text.endsWith("0\r\n\r\n") || text.contains(" 304 ") || text.contains(" 204 ");
    }
}
