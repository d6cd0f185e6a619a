package org.fovea.cli.model;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.terminal.Table;
import org.fovea.vit.ShippedModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea models}. */
@Command(
        name = "models",
        description = "Lists the models that come with this version, or shows the card of one.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea models             the names, a line each",
            "  fovea models cifar10     data, license, recipe, scores and limits of one"
        })
public final class ModelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The model whose card to show.")
    private String name;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<String> names = ShippedModels.names();
        if (name != null && !names.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "NAME must be one of the models that come with this version, " + names + ", got '" + name + "'");
        }
        if (name != null) {
            out.print(ShippedModels.card(name));
        } else if (names.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("fovea: no model comes with this version; --model DIR takes a checkpoint");
        }
        if (name == null) {
            Table table = new Table(-1);
            names.forEach(each -> table.row(each, ShippedModels.summary(each)));
            out.print(names.isEmpty() ? "" : table);
        }
        out.flush();
        return ExitCode.DONE;
    }
}
