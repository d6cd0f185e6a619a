package org.fovea.samples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code fovea} command: its main program. */
@Command(
        name = "fovea",
        description = "Vision attention models on the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Fovea.Version.class)
public final class Fovea implements Runnable {
    private Fovea() {}

    /**
     * Runs the command line and ends the process with its exit code: 0 done, 1 some input failed, 2 usage.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Fovea()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The version in the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Fovea.class.getPackage().getImplementationVersion();
            return new String[] {"fovea " + (version == null ? "unpackaged" : version)};
        }
    }
}
