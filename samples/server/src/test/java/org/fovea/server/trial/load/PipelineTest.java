package org.fovea.server.trial.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.server.FoveaServer;
import org.fovea.server.ServerOptions;
import org.fovea.server.model.ModelSource;
import org.fovea.server.trial.load.Connection.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are sent before the answers to those before them are there. */
class PipelineTest {
    private static final byte[] PING =
            "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PAIRS = 5;

    @TempDir
    Path folder;

    @Test
    void requestsSentTogetherAreAnsweredInTheirOrder() throws IOException {
        try (var photo = PipelineTest.class.getResourceAsStream("/cat.jpg")) {
            Files.copy(photo, folder.resolve("cat.jpg"));
        }
        PhotoRequests photos = PhotoRequests.of(folder, "cifar10");
        ServerOptions options = ServerOptions.defaults()
                .withAddress("127.0.0.1", 0)
                .withModels(List.of(ModelSource.shipped("cifar10")));
        try (FoveaServer server = FoveaServer.start(options)) {
            server.loaded().join();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < PAIRS; i++) {
                all.writeBytes(photos.next());
                all.writeBytes(PING);
            }
            try (Connection connection = new Connection(server.port())) {
                check(connection, connection.send(all.toByteArray()));
                for (int i = 1; i < PAIRS; i++) {
                    check(connection, connection.read());
                }
            }
        }
    }

    private static void check(Connection connection, Answer classes) throws IOException {
        assertEquals(200, classes.status(), classes.body());
        assertTrue(classes.body().startsWith("[{\"label\":\"cat\""), classes.body());
        Answer ping = connection.read();
        assertEquals("{\"status\":\"Healthy\"}", ping.body());
    }
}
