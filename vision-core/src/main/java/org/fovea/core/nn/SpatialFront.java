package org.fovea.core.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.Value;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;

/**
 * A {@link SpatialTransformer} before an encoder: it turns, shifts, scales or bends each image so that the encoder sees it
 * straight. The result has the image's size; its weights depend on the channels alone.
 */
public enum SpatialFront {
    /** Affine transformation with six parameters for each image: shift, rotation, scale and shear. */
    AFFINE,
    /** Thin plate spline with sixteen control points, which can bend the image too. */
    THIN_PLATE;

    // sizes from Jaderberg et al. 2015, appendix A.2
    private static final Block LOOKS = new ThumbnailLocalisation(32, new ConvLocalisation(5, 20, 2, 20));
    private static final int CONTROLS = 4; // section 4.1: 16 control points

    /** All names, as in {@link #label}. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(SpatialFront::label).toList();
    }

    /** Front with a name; empty if there is none. */
    public static Optional<SpatialFront> of(String label) {
        return Arrays.stream(values()).filter(f -> f.label().equals(label)).findFirst();
    }

    /** Name in files: {@code affine} or {@code thin_plate}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Adds the block and its weights {@code localisation.*} and {@code theta.*}.
     *
     * @param image {@code [B, C, H, W]}
     * @return transformed image {@code [B, C, H, W]} and the sampling positions
     */
    public SpatialTransformer.Transformed build(Scope scope, Value image) {
        int height = image.shape().dim(2);
        int width = image.shape().dim(3);
        SamplingGrid grid = this == AFFINE
                ? new AffineGrid(height, width, false)
                : new ThinPlateSplineGrid(CONTROLS, CONTROLS, height, width, false);
        return new SpatialTransformer(LOOKS, new RelativeGrid(grid), GridPadding.BORDER).build(scope.enter(), image);
    }

    /** Initializer of a weight; initially, every image passes unchanged. */
    public static Initializer initializer(String name) {
        return name.endsWith("bias") || name.endsWith("theta.weight")
                ? Initializers.zeros()
                : Initializers.kaimingNormal();
    }
}
