package org.fovea.cli.doctor;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.Precisions;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.terminal.Table;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;
import org.fovea.core.io.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea doctor}. */
@Command(
        name = "doctor",
        description = "Says what this machine has, whether every library loads, and how fast matrix products are.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything loads", "1:a library does not; the text says what to do", "2:usage"})
public final class DoctorCommand implements Callable<Integer> {
    private static final int MEASUREMENTS = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ResultFormat format;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() {
        engine.check();
        List<LibraryCheck> libraries = Libraries.check();
        boolean computes = libraries.stream().anyMatch(l -> l.loads() && isEngine(l));
        Map<Precision, Double> ceilings = computes ? ceilings(engine.load()) : Map.of();
        Map<Precision, String> lacking = computes ? lacking(engine.load()) : Map.of();
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.isJson() ? json(libraries, ceilings, lacking) : text(libraries, ceilings, lacking));
        out.flush();
        return libraries.stream().allMatch(LibraryCheck::loads) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean isEngine(LibraryCheck check) {
        return Backends.names().contains(check.library().toLowerCase(Locale.ROOT));
    }

    private static Map<Precision, Double> ceilings(Backend backend) {
        Map<Precision, Double> out = new EnumMap<>(Precision.class);
        for (Precision precision : Precisions.ALL) {
            if (backend.supports(precision)) {
                for (int i = 0; i < MEASUREMENTS; i++) {
                    out.merge(precision, backend.productGflops(precision), Math::max);
                }
            }
        }
        return out;
    }

    /** Precisions that this machine does not support, each with the reason. */
    private static Map<Precision, String> lacking(Backend backend) {
        Map<Precision, String> out = new EnumMap<>(Precision.class);
        for (Precision precision : Precisions.ALL) {
            backend.reasonAgainst(precision).ifPresent(reason -> out.put(precision, reason));
        }
        return out;
    }

    private static String text(
            List<LibraryCheck> libraries, Map<Precision, Double> ceilings, Map<Precision, String> lacking) {
        Table table = new Table(1);
        Host.facts().forEach((name, value) -> table.row(name, "", value));
        table.row("", "", "");
        for (LibraryCheck l : libraries) {
            table.row(l.library(), l.loads() ? String.format(Locale.ROOT, "%.0f ms", l.millis()) : "FAILS", l.said());
        }
        table.row("", "", "");
        ceilings.forEach((precision, gflops) -> table.row(
                Precisions.name(precision),
                String.format(Locale.ROOT, "%.0f", gflops),
                "GFLOP/s, the best matrix product"));
        lacking.forEach((precision, reason) -> table.row(Precisions.name(precision), "none", reason));
        StringBuilder out = new StringBuilder(table.toString()).append(System.lineSeparator());
        libraries.forEach(l -> l.cure().ifPresent(cure -> say(out, l.library() + " does not load: " + cure)));
        Host.advice().forEach(advice -> say(out, advice));
        if (libraries.stream().allMatch(LibraryCheck::loads)) {
            say(out, "Everything loads.");
        }
        return out.toString();
    }

    private static void say(StringBuilder out, String line) {
        out.append(line).append(System.lineSeparator());
    }

    private static String json(
            List<LibraryCheck> libraries, Map<Precision, Double> ceilings, Map<Precision, String> lacking) {
        return JsonText.line(json -> {
                    json.writeStartObject();
                    for (Map.Entry<String, String> fact : Host.facts().entrySet()) {
                        json.writeStringField(
                                fact.getKey().replace(' ', '_').toLowerCase(Locale.ROOT), fact.getValue());
                    }
                    json.writeArrayFieldStart("libraries");
                    for (LibraryCheck l : libraries) {
                        json.writeStartObject();
                        json.writeStringField("name", l.library());
                        json.writeBooleanField("loads", l.loads());
                        json.writeNumberField("load_ms", l.millis());
                        json.writeStringField("says", l.said());
                        json.writeStringField("cure", l.cure().orElse(""));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeObjectFieldStart("ceiling_gflops");
                    for (Map.Entry<Precision, Double> ceiling : ceilings.entrySet()) {
                        json.writeNumberField(Precisions.name(ceiling.getKey()), ceiling.getValue());
                    }
                    json.writeEndObject();
                    json.writeObjectFieldStart("unsupported");
                    for (Map.Entry<Precision, String> reason : lacking.entrySet()) {
                        json.writeStringField(Precisions.name(reason.getKey()), reason.getValue());
                    }
                    json.writeEndObject();
                    json.writeArrayFieldStart("advice");
                    for (String advice : Host.advice()) {
                        json.writeString(advice);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                })
                + System.lineSeparator();
    }
}
