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
    /** The commands in the order of the help. */
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
     * @param args the arguments
     */
    public static void main(String[] args) {
        System.exit(run(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
    }

    /** Runs the command line in this process and gives its exit code. */
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
     * The command line with the command that the arguments begin with, else with all: the options of all take longer to read than
     * a start should.
     */
    private static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Fovea());
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0 && name(command).equals(args[0]))
                .filter(command -> command != CompletionCommand.class) // which lists them all
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(command -> line.addSubcommand(name(command), command));
        line.getSubcommands().values().forEach(Fovea::transform);
        return line;
    }

    /** The change of a command's model that its annotation names, which picocli makes only of commands known from the start. */
    private static void transform(CommandLine command) {
        CommandSpec model = command.getCommandSpec();
        if (model.modelTransformer() != null) {
            model.modelTransformer().transform(model);
        }
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** UTF-8 but where a terminal asks for another: what programs read must not depend on the locale. */
    private static PrintWriter writer(FileDescriptor stream) {
        Charset charset = Screen.charset();
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), charset));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
