package org.fovea.server.trial.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that is kept for many requests. */
final class Connection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 90_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /**
     * An answer.
     *
     * @param retryAfter the header of that name; empty where it is not there
     */
    record Answer(int status, String retryAfter, String body) {}

    Connection(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request and reads its answer, which must tell its length. */
    Answer send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        return read();
    }

    /** Reads the next answer to requests that were sent together. */
    Answer read() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        String retryAfter = "";
        for (String line = line(); !line.isEmpty(); line = line()) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "retry-after" -> retryAfter = value;
                default -> {
                    // of no interest here
                }
            }
        }
        return new Answer(status, retryAfter, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder out = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server has closed the connection");
            }
            out.append((char) c);
        }
        return out.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
