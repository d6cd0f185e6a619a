package org.fovea.cli.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AffineGrid;
import org.fovea.core.nn.SamplingGrid;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.ThinPlateSplineGrid;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.Outline;
import org.fovea.core.view.Panels;

/** Attention that moves the image instead of weighing it. */
final class TransformerExhibits {
    private static final double TILT = Math.toRadians(20);
    private static final double SHRINK = 0.7;
    /** Distance in pixels between the lines of the drawn grid. */
    private static final int LINES = 8;

    private TransformerExhibits() {}

    static List<Exhibit> all() {
        return List.of(new Exhibit(
                "spatial-transformer",
                "Spatial transformer",
                "A net looks at the image and says where each pixel of its output is to be sampled, so that what follows sees it"
                        + " upright and close. Above an affine grid straightens a tilted picture, below a thin-plate spline"
                        + " bends one by moving a few control points; white lines show the places sampled.",
                List.of(Paper.arxiv("Jaderberg et al. 2015", "1506.02025")),
                List.of(SpatialTransformer.class, AffineGrid.class, ThinPlateSplineGrid.class),
                TransformerExhibits::paint));
    }

    private static RgbImage paint(Studio studio) {
        int height = Studio.HEIGHT;
        int width = Studio.WIDTH;
        RgbImage tilted = tilted(studio.photo());
        double aspect = (double) height / width;
        float c = (float) (SHRINK * Math.cos(TILT));
        float s = (float) (SHRINK * Math.sin(TILT));
        float[] affine = {c, (float) (-s * aspect), 0, (float) (s / aspect), c, 0};
        ThinPlateSplineGrid spline = new ThinPlateSplineGrid(3, 3, height, width, false);
        float[] bent = spline.identity().toFloats();
        int middle = 4;
        bent[middle] -= 0.25f;
        bent[bent.length / 2 + middle] -= 0.05f;
        bent[bent.length / 2 + 1] += 0.25f; // control point in the middle of the upper edge
        bent[bent.length / 2 + 7] -= 0.25f; // control point in the middle of the lower edge
        RgbImage[] straight = sampled(studio, tilted, new AffineGrid(height, width, false), affine);
        RgbImage[] waves = sampled(studio, studio.photo(), spline, bent);
        return Panels.inColumns(2)
                .with("a tilted picture, and where it is sampled", straight[0])
                .with("affine: what the next layer sees", straight[1])
                .with("the picture, and where it is sampled", waves[0])
                .with("thin-plate spline: what the next layer sees", waves[1])
                .draw();
    }

    /** Picture, rotated and shrunk, on gray. */
    private static RgbImage tilted(RgbImage photo) {
        BufferedImage out = new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = out.createGraphics();
        g.setColor(new Color(0x80868c));
        g.fillRect(0, 0, photo.width(), photo.height());
        AffineTransform move = AffineTransform.getTranslateInstance(photo.width() / 2.0, photo.height() / 2.0);
        move.rotate(TILT);
        move.scale(SHRINK, SHRINK);
        move.translate(-photo.width() / 2.0, -photo.height() / 2.0);
        g.drawImage(photo.toBufferedImage(), new AffineTransformOp(move, AffineTransformOp.TYPE_BILINEAR), 0, 0);
        g.dispose();
        return RgbImage.from(out);
    }

    /** Draws the image with the positions that the grid samples, and the result. */
    private static RgbImage[] sampled(Studio studio, RgbImage image, SamplingGrid grid, float[] theta) {
        Sketch sketch = studio.sketch()
                .weight("theta.weight", Weights.all(theta.length, 0))
                .weight("theta.bias", theta);
        SpatialTransformer block = new SpatialTransformer(
                (scope, x) -> x.mean(false, 2, 3).mean(true, 1), grid, GridPadding.ZEROS); // ignored by weights of 0
        SpatialTransformer.Transformed read = block.build(
                sketch.scope(), sketch.given(PatchTokens.of(image, 1).image()));
        Map<String, Tensor> out =
                sketch.show("image", read.image()).show("places", read.places()).run();
        return new RgbImage[] {lined(image, out.get("places")), Enlarged.of(out.get("image"))};
    }

    /** Draws some lines of the sampling positions {@code [1, H, W, 2]} on an image. */
    private static RgbImage lined(RgbImage image, Tensor places) {
        BufferedImage out = image.toBufferedImage();
        Graphics2D g = out.createGraphics();
        float[] at = places.toFloats();
        Path2D lines = new Path2D.Double();
        int height = image.height();
        int width = image.width();
        for (int k = 0; k <= LINES; k++) {
            int row = Math.min(height - 1, k * height / LINES);
            int column = Math.min(width - 1, k * width / LINES);
            for (int x = 0; x < width; x++) {
                point(lines, at, row * width + x, x == 0, image);
            }
            for (int y = 0; y < height; y++) {
                point(lines, at, y * width + column, y == 0, image);
            }
        }
        Outline.draw(g, lines, 1.5f);
        g.dispose();
        return RgbImage.from(out);
    }

    private static void point(Path2D path, float[] at, int pixel, boolean first, RgbImage image) {
        double x = (at[2 * pixel] + 1) / 2 * image.width();
        double y = (at[2 * pixel + 1] + 1) / 2 * image.height();
        if (first) {
            path.moveTo(x, y);
        } else {
            path.lineTo(x, y);
        }
    }
}
