package org.fovea.server.trial.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Requests that send the files of a folder to a model, one after another, for ever. Thread-safe. */
final class PhotoRequests {
    private final List<byte[]> requests;
    private final AtomicInteger next = new AtomicInteger();

    private PhotoRequests(List<byte[]> requests) {
        this.requests = requests;
    }

    /**
     * The requests for the files right in a folder.
     *
     * @throws IllegalArgumentException when there is none
     */
    static PhotoRequests of(Path folder, String model) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.add(request(model, Files.readAllBytes(file)));
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("PhotoRequests: there must be a file in " + folder + ", got none");
        }
        return new PhotoRequests(all);
    }

    private static byte[] request(String model, byte[] file) {
        byte[] head = ("POST /predictions/" + model + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/octet-stream\r\nContent-Length: " + file.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[head.length + file.length];
        System.arraycopy(head, 0, out, 0, head.length);
        System.arraycopy(file, 0, out, head.length, file.length);
        return out;
    }

    byte[] next() {
        return requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
    }
}
