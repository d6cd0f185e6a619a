package org.fovea.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import org.fovea.cli.ask.AskCommand;
import org.fovea.cli.bench.BenchCommand;
import org.fovea.cli.caption.CaptionCommand;
import org.fovea.cli.classify.ClassifyCommand;
import org.fovea.cli.doctor.DoctorCommand;
import org.fovea.cli.gallery.GalleryCommand;
import org.fovea.cli.model.InfoCommand;
import org.fovea.cli.model.ModelsCommand;
import org.fovea.cli.scenes.ScenesCommand;
import org.fovea.cli.score.ScoreCommand;
import org.fovea.cli.segment.SegmentCommand;
import org.fovea.cli.serve.ServeCommand;
import org.fovea.cli.terminal.Failures;
import org.fovea.cli.terminal.Screen;
import org.fovea.cli.terminal.Version;
import org.fovea.cli.train.EvaluateCommand;
import org.fovea.cli.train.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code fovea} command: its main program. */
@Command(
        name = "fovea",
        description = {
            "Vision attention models on the JVM: runs checkpoints as the hubs publish them.",
            "",
            "Start with @|bold fovea doctor|@, which says whether everything loads, then",
            "@|bold fovea classify --model DIR photo.jpg|@."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:an image, a checkpoint, a file or a library failed; the text says which",
            "2:the command line is wrong",
            "3:no JDK, or the build failed (the launcher)",
            "141:the reader of the output went away (as | head does)"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  JAVA_HOME        the JDK, 17 or later",
            "  FOVEA_JAVA_OPTS  more options for the JVM, such as -Xmx8g",
            "  OMP_NUM_THREADS  threads of the computation; --threads sets it",
            "",
            "@|bold fovea COMMAND --help|@ says more about each command."
        })
public final class Fovea implements Runnable {
    /** Commands in the order in which the help lists them. */
    private static final List<Class<?>> COMMANDS = List.of(
            ClassifyCommand.class,
            CaptionCommand.class,
            AskCommand.class,
            SegmentCommand.class,
            ServeCommand.class,
            InfoCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ModelsCommand.class,
            GalleryCommand.class,
            ScenesCommand.class,
            ScoreCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            CompletionCommand.class);

    @Spec
    private CommandSpec spec;

    private Fovea() {}

    /**
     * Runs the command line and ends the process with its exit code: 0 done, 1 some input failed, 2 usage.
     *
     * @param args command line arguments
     */
    public static void main(String[] args) {
        System.exit(run(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
    }

    /** Runs the command line in this process and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = commandLine(args)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution);
        try {
            return line.execute(args);
        } catch (Error e) {
            return Failures.error(err, e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /**
     * Creates the command line with only the command that the arguments name, or with all commands if they name none: reading
     * the options of all commands would slow down every start.
     */
    private static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Fovea());
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0 && name(command).equals(args[0]))
                .filter(command -> command != CompletionCommand.class) // completion itself needs all commands
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(command -> line.addSubcommand(name(command), command));
        line.getSubcommands().values().forEach(Fovea::transform);
        return line;
    }

    /**
     * Applies the model transformer of a command's annotation, which picocli does only for commands that are registered
     * statically.
     */
    private static void transform(CommandLine command) {
        CommandSpec model = command.getCommandSpec();
        if (model.modelTransformer() != null) {
            model.modelTransformer().transform(model);
        }
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /**
     * Creates a writer in UTF-8 unless a terminal needs another charset: output for programs must not depend on the locale.
     */
    private static PrintWriter writer(FileDescriptor stream) {
        Charset charset = Screen.charset();
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), charset));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
