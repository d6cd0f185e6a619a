package org.fovea.server.trial.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.fovea.server.FoveaServer;
import org.fovea.server.ServerOptions;
import org.fovea.server.model.ModelSource;
import org.fovea.server.trial.ProcessUsage;
import org.fovea.server.trial.hostile.HostileRequest.Manner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The first of the requests of {@link HostileProgram}, which sends thousands. */
class HostileRequestsTest {
    private static final int COUNT = 300;
    private static final int THREADS = 32;
    private static final int PATIENCE_MILLIS = 1000;
    private static final int RESETS = 60;
    private static final int WAITS = 20;
    private static final int FEW = 10;
    /** Large images take long. */
    private static final ServerOptions.Limits LIMITS =
            new ServerOptions.Limits(20 << 20, 1_000_000, 128, Duration.ofMinutes(1));

    @Test
    void theServerSurvivesAndAnswersAsBefore() throws IOException, InterruptedException {
        ServerOptions options =
                ServerOptions.defaults().withAddress("127.0.0.1", 0).withLimits(LIMITS);
        try (FoveaServer server = FoveaServer.start(options)) {
            server.loaded().join();
            double before = Soundness.check(server.port());
            Verdicts verdicts = new Verdicts();
            new HostileRun(server.port(), new HostileRequests(1)::get, THREADS, PATIENCE_MILLIS, verdicts)
                    .send(0, COUNT);
            assertEquals(List.of(), verdicts.findings());
            assertTrue(verdicts.counts().size() > 4, () -> verdicts.counts().toString());
            assertEquals(before, Soundness.check(server.port()), 0);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void connectionsThatClientsResetAreClosed() throws IOException, InterruptedException {
        ServerOptions options = ServerOptions.defaults()
                .withAddress("127.0.0.1", 0)
                .withModels(List.of(ModelSource.shipped("cifar10")));
        try (FoveaServer server = FoveaServer.start(options)) {
            server.loaded().join();
            Soundness.check(server.port());
            long before = files();
            Draft draft = Draft.post("/v1/classify", "image/png", SampleImages.ALL.get(0));
            for (int i = 0; i < RESETS; i++) {
                byte[] bytes = i % 2 == 0 ? draft.bytes() : draft.bytes("Content-Length: 5000");
                Exchange.send(
                        server.port(), HostileRequest.whole("reset", bytes).sent(Manner.RESET), PATIENCE_MILLIS);
            }
            for (int i = 0; i < WAITS && files() > before + FEW; i++) {
                Thread.sleep(PATIENCE_MILLIS);
            }
            assertTrue(files() <= before + FEW, () -> before + " files were open, then many more");
        }
    }

    private static long files() throws IOException {
        return ProcessUsage.of(ProcessHandle.current().pid()).files();
    }

    @Test
    void aNumberIsAlwaysTheSameRequest() {
        for (int i = 0; i < COUNT; i++) {
            assertArrayEquals(
                    new HostileRequests(1).get(i).bytes(),
                    new HostileRequests(1).get(i).bytes());
        }
    }

    @Test
    void faultsAndLeaksAreFound() {
        Verdicts verdicts = new Verdicts();
        HostileRequest request = HostileRequest.whole("sound", "GET / HTTP/1.1");
        verdicts.add(0, request, "HTTP/1.1 200 OK\r\n\r\n{}");
        verdicts.add(1, request, "HTTP/1.1 503 Service Unavailable\r\n\r\n{\"error\":\"later\"}");
        assertEquals(List.of(), verdicts.findings());
        verdicts.add(2, request, "HTTP/1.1 200 OK\r\n\r\n{}HTTP/1.1 500 Server Error\r\n\r\n{}");
        verdicts.add(3, request, "HTTP/1.1 400 Bad Request\r\n\r\n{\"error\":\"java.lang.NullPointerException\"}");
        verdicts.add(4, request, "SSH-2.0");
        assertEquals(3, verdicts.findings().size(), () -> verdicts.findings().toString());
    }
}
