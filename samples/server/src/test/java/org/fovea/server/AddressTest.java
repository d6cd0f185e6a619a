package org.fovea.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Addresses that cannot be had are told once, by us. */
class AddressTest {
    private static String refused(String host, int port) {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            ServerOptions options = TestServer.options("cifar10").withAddress(host, port);
            return assertThrows(AddressException.class, () -> FoveaServer.start(options))
                    .getMessage();
        } finally {
            System.setErr(before);
            assertEquals("", logged.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String text = refused("127.0.0.1", taken.getLocalPort());
            assertTrue(text.contains("port " + taken.getLocalPort()) && text.contains("--port"), text);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        String text = refused("192.0.2.1", 0); // which RFC 5737 gives to nobody
        assertTrue(text.contains("192.0.2.1"), text);
    }
}
