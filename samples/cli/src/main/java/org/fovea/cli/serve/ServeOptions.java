package org.fovea.cli.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.model.PrecisionOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea serve}. */
final class ServeOptions {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})\\s*(|[KMG]i?B?|B)", Pattern.CASE_INSENSITIVE);
    private static final int MOST_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-m", "--models"},
            split = ",",
            paramLabel = "NAME[=DIR]",
            description =
                    "Models to serve: NAME=DIR for a checkpoint's folder, NAME for one that fovea models lists. The"
                            + " first of each task is its default. By default all that come with this version.")
    List<String> models;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen at (${DEFAULT-VALUE}, which only this machine reaches). 0.0.0.0 is every one:"
                            + " set a --token then.")
    String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port to listen at (${DEFAULT-VALUE}); 0 for one that is free.")
    int port;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "Answers only requests with the header Authorization: Bearer TOKEN, but for the page's files and"
                            + " health. Also from the variable FOVEA_TOKEN, which other users of the machine cannot see.")
    private String token;

    @Option(
            names = "--cors",
            split = ",",
            paramLabel = "ORIGIN",
            description =
                    "Lets browsers use the server from other pages, such as https://example.org; by default none.")
    List<String> origins;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            defaultValue = "20MB",
            description = "The largest request (${DEFAULT-VALUE}); K, M and G are powers of 1024.")
    private String maxBody;

    @Option(
            names = "--body-memory",
            paramLabel = "SIZE",
            description =
                    "Memory for the bodies of all requests under way, at least twice --max-body; a request that finds"
                            + " no room is answered 503, large ones first. By default an eighth of Java's heap.")
    private String bodyMemory;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "50000000",
            description = "Refuses images of more pixels, before they are decoded (${DEFAULT-VALUE}).")
    long maxPixels;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "128",
            description = "Requests that wait for a model at most (${DEFAULT-VALUE}); one more is answered 429.")
    int queue;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Time until a request is answered, at most (${DEFAULT-VALUE}).")
    int timeout;

    @Option(
            names = {"-b", "--batch"},
            paramLabel = "N",
            defaultValue = "8",
            description = "Images of several requests computed at once at most (${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--batch-delay",
            paramLabel = "MILLIS",
            defaultValue = "2",
            description = "Time that a batch waits for requests that are being read (${DEFAULT-VALUE}).")
    int batchDelay;

    @Mixin
    PrecisionOption precision;

    @Mixin
    EngineOptions engine;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for a value out of its range, or a missing model
     */
    void check() {
        engine.check();
        within("--port", port, 0, MOST_PORT);
        within("--queue", queue, 1, Integer.MAX_VALUE);
        within("--timeout", timeout, 1, Integer.MAX_VALUE / 1000);
        within("--batch", batch, 1, 1 << 10);
        within("--batch-delay", batchDelay, 0, 10_000);
        within("--max-pixels", maxPixels, 1, Integer.MAX_VALUE / 3);
        within("--max-body", maxBody(), 1, Integer.MAX_VALUE / 2);
        if (bodyMemory().orElse(Long.MAX_VALUE) < 2 * maxBody()) {
            throw usage("--body-memory must be at least twice --max-body, which is " + maxBody + ", got " + bodyMemory);
        }
        if (models != null) {
            models.forEach(this::checkModel);
        }
    }

    private void checkModel(String given) {
        int at = given.indexOf('=');
        if (at < 0 && !ModelFolder.isShipped(given)) {
            throw usage("--models must be NAME=DIR, or a NAME that fovea models lists, got '" + given + "'");
        }
        if (at >= 0 && !Files.isDirectory(Path.of(given.substring(at + 1)))) {
            throw usage("--models: there is no folder " + given.substring(at + 1));
        }
    }

    private void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw usage(option + " must be from " + least + " to " + most + ", got " + value);
        }
    }

    /** Maximum size of a request in bytes. */
    long maxBody() {
        return bytes("--max-body", maxBody);
    }

    /** Bytes of all requests under way, where they are given. */
    OptionalLong bodyMemory() {
        return bodyMemory == null ? OptionalLong.empty() : OptionalLong.of(bytes("--body-memory", bodyMemory));
    }

    private long bytes(String option, String given) {
        Matcher size = SIZE.matcher(given.strip());
        if (!size.matches()) {
            throw usage(option + " must be a number of bytes, or one with KB, MB or GB, got '" + given + "'");
        }
        String unit = size.group(2).toUpperCase(Locale.ROOT);
        int shift = unit.isEmpty() ? 0 : 10 * (1 + "KMG".indexOf(unit.charAt(0)));
        return Long.parseLong(size.group(1)) << Math.max(0, shift);
    }

    /** Token from the option or the environment; null for none. */
    String token() {
        String given = token == null ? System.getenv("FOVEA_TOKEN") : token;
        if (given != null && given.isBlank()) {
            throw usage("--token must have a character that is no space");
        }
        return given;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
