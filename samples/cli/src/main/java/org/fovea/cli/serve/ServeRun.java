package org.fovea.cli.serve;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.server.FoveaServer;
import org.fovea.server.ServerOptions;
import org.fovea.server.model.ModelSource;
import org.fovea.server.model.ModelState;
import org.fovea.server.model.ServedModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The work of {@code fovea serve}. */
record ServeRun(CommandSpec spec, ServeOptions options) {
    /** Serves until the process is asked to end, and returns the command's exit code. */
    int run() {
        FoveaServer server = FoveaServer.start(serverOptions());
        Thread closing = new Thread(server::close, "shutdown");
        Runtime.getRuntime().addShutdownHook(closing);
        say("listening at http://" + host() + ":" + server.port());
        server.loaded().thenRun(() -> tell(server));
        try {
            Thread.currentThread().join(); // blocks forever: a signal ends the process
        } catch (InterruptedException e) {
            server.close();
            Runtime.getRuntime().removeShutdownHook(closing);
        }
        return ExitCode.DONE;
    }

    private String host() {
        boolean everyAddress = options.host.equals("0.0.0.0") || options.host.equals("::");
        return everyAddress ? "127.0.0.1" : options.host.contains(":") ? "[" + options.host + "]" : options.host;
    }

    private ServerOptions serverOptions() {
        ServerOptions defaults = ServerOptions.defaults();
        ServerOptions.Limits usual = new ServerOptions.Limits(
                options.maxBody(), options.maxPixels, options.queue, Duration.ofSeconds(options.timeout));
        ServerOptions.Limits limits = usual.withBodyMemory(options.bodyMemory().orElse(usual.bodyMemoryBytes()));
        try {
            ServerOptions out = defaults.withAddress(options.host, options.port)
                    .withPrecision(options.precision.get())
                    .withBackend(options.engine::load)
                    .withLimits(limits)
                    .withBatch(options.batch, Duration.ofMillis(options.batchDelay))
                    .withOrigins(options.origins == null ? List.of() : options.origins);
            if (options.models != null) {
                out = out.withModels(
                        options.models.stream().map(ServeRun::source).toList());
            }
            return options.token() == null ? out : out.withToken(options.token());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static ModelSource source(String given) {
        int at = given.indexOf('=');
        return at < 0
                ? ModelSource.shipped(given)
                : ModelSource.folder(given.substring(0, at), Path.of(given.substring(at + 1)));
    }

    private void tell(FoveaServer server) {
        for (ServedModel model : server.models().all()) {
            if (model.state() == ModelState.FAILED) {
                say("the model " + model.name() + " could not be loaded: "
                        + model.reason().orElse(""));
            }
        }
        say("ready");
    }

    private void say(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("fovea: " + text);
        err.flush();
    }
}
