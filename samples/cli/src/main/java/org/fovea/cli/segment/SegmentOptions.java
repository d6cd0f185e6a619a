package org.fovea.cli.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fovea.cli.images.DumpOption;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.model.PrecisionOption;
import org.fovea.core.backend.Precision;
import org.fovea.core.hub.LicenseNote;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea segment} alone, but for those of tiles. */
final class SegmentOptions {
    private static final String CURE = "Get a segmenter's checkpoint, for example" + System.lineSeparator()
            + "  git clone https://huggingface.co/nvidia/segformer-b0-finetuned-ade-512-512   (with git-lfs)"
            + System.lineSeparator()
            + "and run fovea segment --model segformer-b0-finetuned-ade-512-512 photo.jpg";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            description = "The checkpoint: a folder with config.json, preprocessor_config.json and the weights; or a"
                    + " model that fovea models lists.")
    private String model;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUTDIR",
            description = "Writes the files that --write names, for photo.jpg OUTDIR/photo-mask.png and so on; each"
                    + " appears whole or not at all.")
    private Path output;

    @Option(
            names = {"-w", "--write"},
            split = ",",
            paramLabel = "KIND",
            description = "With --output: ${COMPLETION-CANDIDATES} (mask,overlay). mask: labels as a gray PNG of 8 or"
                    + " 16 bits; palette: the same with colors; overlay: colors on the image, with a legend; instances:"
                    + " numbers of objects; csv: area, centroid and box of each region; coco: run-length masks in JSON;"
                    + " geotiff: of a GeoTIFF, labels that lie where it does.")
    private List<OutputKind> kinds;

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "NAME",
            description = "Reports and draws only these classes, by name or index; masks keep all.")
    private List<String> classes;

    @Mixin
    DumpOption dump;

    @Mixin
    private PrecisionOption precision;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for options that need another one, or without a model
     */
    void check() {
        if (model == null && !ModelFolder.isShipped(ModelFolder.SEGMENTER)) {
            throw usage("--model DIR is needed: no segmenter comes with this version. " + CURE);
        }
        if (kinds != null && output == null) {
            throw usage("--write needs --output OUTDIR, the folder for the files");
        }
    }

    /** Folder of the checkpoint. */
    Path folder() {
        return ModelFolder.of(model == null ? ModelFolder.SEGMENTER : model);
    }

    /** Prints a notice if the checkpoint's license is not a free one. */
    void tellLicense() {
        LicenseNote.of(folder()).ifPresent(note -> {
            spec.commandLine().getErr().println("fovea: " + note);
            spec.commandLine().getErr().flush();
        });
    }

    /** Files to write, if requested. */
    Optional<SegmentFiles> files() throws IOException {
        return output == null ? Optional.empty() : Optional.of(SegmentFiles.in(output, kinds()));
    }

    private Set<OutputKind> kinds() {
        return kinds == null ? EnumSet.of(OutputKind.MASK, OutputKind.OVERLAY) : EnumSet.copyOf(kinds);
    }

    /** Classes to report. */
    WantedClasses classes(List<String> labels) {
        return WantedClasses.of(classes, labels);
    }

    Precision precision() {
        return precision.get();
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
