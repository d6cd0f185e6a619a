package org.fovea.cli.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.segmentation.Prompt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that ask a SAM for masks. */
final class PromptOptions {
    private static final String POINT_RULE = "x,y of a pixel, or x,y,0 for one that the mask leaves out";
    private static final String BOX_RULE = "left,top,right,bottom in pixels, left below right and top below bottom";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--point",
            paramLabel = "X,Y[,0|1]",
            description = "Of a SAM: a pixel on what is wanted; with ,0 one on what is not. May be repeated: all points"
                    + " ask for one thing, within the --box where there is one.")
    private List<String> points;

    @Option(
            names = "--box",
            paramLabel = "L,T,R,B",
            description =
                    "Of a SAM: a box around what is wanted, in pixels. Repeated without points: a thing for each.")
    private List<String> boxes;

    @Option(
            names = "--everything",
            description = "Of a SAM: all things on the image, found from a grid of 32 x 32 points.")
    private boolean everything;

    /** Returns whether there is any prompt. */
    boolean isWanted() {
        return everything || points != null || boxes != null;
    }

    /** Returns whether all objects are requested. */
    boolean isEverything() {
        return everything;
    }

    /**
     * Checks everything that can be checked before models load.
     *
     * @param dump whether a dump for one prompt is requested
     * @throws ParameterException for a value that is not a point or box, or options that contradict each other
     */
    void check(boolean dump) {
        if (everything && (points != null || boxes != null)) {
            throw usage("--everything goes without --point and --box");
        }
        if (points != null && boxes != null && boxes.size() > 1) {
            throw usage("--point goes with one --box, got " + boxes.size() + "; give several boxes without points");
        }
        if (dump && isWanted() && (everything || prompts().size() > 1)) {
            throw usage("--dump takes one prompt, points or a box, got "
                    + (everything ? "--everything" : boxes.size() + " boxes"));
        }
        if (isWanted()) {
            prompts();
        }
    }

    /** Prompts of points and boxes. */
    List<Prompt> prompts() {
        try {
            List<Prompt> out = new ArrayList<>();
            for (String box : boxes == null ? List.<String>of() : boxes) {
                double[] sides = CommaNumbers.parse(spec.commandLine(), "--box", box, 4, 4, BOX_RULE);
                out.add(Prompt.box(sides[0], sides[1], sides[2], sides[3]));
            }
            if (points != null) {
                Prompt prompt = withPoints(out.isEmpty() ? null : out.get(0));
                return List.of(prompt);
            }
            return List.copyOf(out);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    /** Adds the points, foreground points first: a prompt must begin with one of them or with a box. */
    private Prompt withPoints(Prompt box) {
        List<double[]> shown = new ArrayList<>();
        List<double[]> hidden = new ArrayList<>();
        for (String point : points) {
            double[] p = CommaNumbers.parse(spec.commandLine(), "--point", point, 2, 3, POINT_RULE);
            if (p.length == 3 && p[2] != 0 && p[2] != 1) {
                throw usage("--point must be " + POINT_RULE + ", got " + point);
            }
            (p.length == 2 || p[2] == 1 ? shown : hidden).add(p);
        }
        if (box == null && shown.isEmpty()) {
            throw usage("--point needs one on what is wanted, or a --box, beside those with ,0");
        }
        return Prompt.of(shown, hidden, Optional.ofNullable(box));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
