package org.fovea.server;

import java.util.List;
import java.util.stream.Stream;
import org.fovea.server.model.ModelSource;

/** Servers of shipped models at a free port. */
final class TestServer {
    private TestServer() {}

    static ServerOptions options(String... models) {
        List<ModelSource> sources = Stream.of(models).map(ModelSource::shipped).toList();
        ServerOptions all = ServerOptions.defaults().withAddress("127.0.0.1", 0);
        return models.length == 0 ? all : all.withModels(sources);
    }

    static FoveaServer start(ServerOptions options) {
        FoveaServer server = FoveaServer.start(options);
        server.loaded().join();
        return server;
    }
}
