package org.fovea.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.fovea.core.FoveaException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports errors to the user: one line, the stack only where {@code --verbose} asks for it, and an exit code. */
public final class Failures {
    private static final int BYTES_PER_MEBIBYTE_SHIFT = 20;

    private static final String BUG =
            "; this is a fault of fovea and not of what you gave it: --verbose shows where it is, please report that";

    private Failures() {}

    /** Reports a wrong command line and returns the exit code. */
    public static int usage(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("fovea: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        printStack(line, err, e);
        err.flush();
        return ExitCode.USAGE;
    }

    /** Reports the failure of a command and returns the exit code. */
    public static int execution(Exception e, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (e instanceof ClosedPipeException) {
            return ExitCode.CLOSED_PIPE;
        }
        err.println("fovea: " + text(e));
        printStack(line, err, e);
        err.flush();
        return ExitCode.FAILED;
    }

    /** Reports an error of the virtual machine and returns the exit code. */
    public static int error(PrintWriter err, Error e) {
        err.println("fovea: " + text(e));
        err.flush();
        return ExitCode.FAILED;
    }

    /** Message for an error, on one line. */
    public static String text(Throwable e) {
        if (e instanceof CommandLine.ExecutionException && e.getCause() != null) {
            return text(e.getCause()); // picocli wraps errors that are not exceptions
        }
        if (e instanceof OutOfMemoryError) {
            return "out of memory (" + e.getMessage() + "), the Java heap may take "
                    + (Runtime.getRuntime().maxMemory() >> BYTES_PER_MEBIBYTE_SHIFT)
                    + " MiB; use a smaller --batch, or raise it with FOVEA_JAVA_OPTS=-Xmx8g";
        }
        if (e instanceof LinkageError) {
            return "a native library does not load: " + e.getMessage() + "; fovea doctor says more";
        }
        if (e instanceof IOException io) {
            return file(io);
        }
        if (e instanceof UncheckedIOException io && io.getMessage().equals(String.valueOf(io.getCause()))) {
            return file(io.getCause()); // the wrapper's message adds nothing
        }
        boolean isForUsers = e instanceof FoveaException || e instanceof UncheckedIOException;
        return isForUsers ? e.getMessage() : "unexpected " + e + BUG;
    }

    private static String file(IOException e) {
        if (e instanceof NoSuchFileException n) {
            return n.getFile() + ": there is no such file or directory";
        }
        if (e instanceof AccessDeniedException a) {
            return a.getFile() + ": permission denied";
        }
        if (e instanceof FileSystemException f && f.getReason() == null) {
            return f.getFile() + ": " + e.getClass().getSimpleName().replace("Exception", "");
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static void printStack(CommandLine line, PrintWriter err, Exception e) {
        OptionSpec verbose = line.getCommandSpec().findOption("--verbose");
        if (verbose != null && Boolean.TRUE.equals(verbose.getValue())) {
            e.printStackTrace(err);
        }
    }
}
