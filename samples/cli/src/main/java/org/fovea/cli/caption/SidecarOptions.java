package org.fovea.cli.caption;

import java.util.Optional;
import org.fovea.core.image.ImageFormat;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options on text files beside the images, which trainers of image models read. */
final class SidecarOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--sidecar",
            paramLabel = "EXT",
            description =
                    "Writes photo.EXT beside photo.jpg, a caption a line: whole or not at all, and never over a file"
                            + " that is there. With --resume a run that was killed goes on.")
    private String extension;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Before each caption in the text file, as it is.")
    private String prefix;

    @Option(names = "--suffix", paramLabel = "TEXT", description = "After each caption in the text file, as it is.")
    private String suffix;

    @Option(names = "--overwrite", description = "Replaces text files that are there.")
    private boolean overwrite;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException when an option needs --sidecar, or the extension is not that of a text file
     */
    void check() {
        for (String option : new String[] {"--prefix", "--suffix", "--overwrite"}) {
            if (extension == null && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw usage(option + " needs --sidecar EXT, the text file that it is about");
            }
        }
        if (extension == null) {
            return;
        }
        String plain = plain();
        boolean isName = !plain.isBlank() && plain.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0);
        if (!isName || ImageFormat.hasSuffix("photo." + plain)) {
            throw usage("--sidecar must be the extension of a text file, such as txt, got '" + extension + "'");
        }
    }

    /** Sidecar files, if requested. */
    Optional<Sidecars> sidecars() {
        return extension == null
                ? Optional.empty()
                : Optional.of(
                        new Sidecars(plain(), prefix == null ? "" : prefix, suffix == null ? "" : suffix, overwrite));
    }

    private String plain() {
        return extension.startsWith(".") ? extension.substring(1) : extension;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
