package org.fovea.cli.serve;

import java.util.concurrent.Callable;
import org.fovea.cli.terminal.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code fovea serve}. Its members mention no classes of the server, since picocli inspects the members of all commands at
 * every start and would load them.
 */
@Command(
        name = "serve",
        description = {
            "Serves models over HTTP, with a page for people: classes, captions, masks and answers.",
            "",
            "The interface is described at /openapi.json; it speaks the shapes of Hugging Face's inference API, the Open",
            "Inference Protocol v2, and TorchServe's predictions. Ctrl-C answers what is under way and ends."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:the port is taken",
            "2:the command line is wrong",
            "130, 143:asked to end, by Ctrl-C or a signal"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea serve                              at http://127.0.0.1:8080",
            "  fovea serve --models blip=blip-base,nuclei",
            "  fovea serve --host 0.0.0.0 --token SECRET",
            "  curl -F image=@cat.jpg http://127.0.0.1:8080/v1/classify"
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServeOptions options;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() {
        options.check();
        return new ServeRun(spec, options).run();
    }
}
