package org.fovea.cli.gallery;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.attention.GlimpseNetwork;
import org.fovea.core.attention.GlimpseSensor;
import org.fovea.core.attention.RecurrentAttentionModel;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/** Attention that sees a part of the image only, and chooses which. */
final class GlimpseExhibits {
    /** Pixels of the picture along each side of what the blocks treat as one pixel. */
    private static final int PIXEL = 4;

    private static final int GLIMPSE = 8;

    private GlimpseExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "glimpse",
                        "A glimpse: a retina's patches",
                        "Around one point the sensor takes patches that grow while their resolution falls, so that the middle is sharp"
                                + " and the surroundings are a blur, all for a few numbers. Left the three patches on the"
                                + " picture, right what the net is given of them.",
                        List.of(Paper.arxiv("Mnih et al. 2014, section 3.1", "1406.6247")),
                        List.of(GlimpseSensor.class),
                        GlimpseExhibits::glimpse),
                new Exhibit(
                        "ram",
                        "Recurrent attention chooses its glimpses",
                        "A recurrent net sees only glimpses, and after each its state says where the next one lies; where to look is"
                                + " learned from rewards. This one is set to move towards what is red in the blur at the edge"
                                + " of its sight: from two starts it finds two balls.",
                        List.of(Paper.arxiv("Mnih et al. 2014, RAM", "1406.6247")),
                        List.of(RecurrentAttentionModel.class, GlimpseNetwork.class),
                        GlimpseExhibits::walk));
    }

    private static RgbImage glimpse(Studio studio) {
        PatchTokens pixels = PatchTokens.of(studio.photo(), PIXEL);
        double[] place = Scene.Ball.YELLOW.place(Studio.STILL);
        GlimpseSensor sensor = new GlimpseSensor(GLIMPSE, 3, 2);
        float[] patches = seen(studio, sensor, pixels, (float) (2 * place[0] - 1), (float) (2 * place[1] - 1));
        HeatMap marks = HeatMap.of(new float[pixels.rows()][pixels.columns()]).withOpacity(0);
        Panels right = Panels.inColumns(3);
        int middle = pixels.at(place);
        for (int i = 0; i < sensor.scales(); i++) {
            int side = GLIMPSE << i;
            int top = middle / pixels.columns() - side / 2;
            marks = marks.withMark(top, middle % pixels.columns() - side / 2, side, side);
            right = right.with(side + " x " + side + " pixels", patch(patches, i, 160));
        }
        return Panels.inColumns(2)
                .with("three patches around a point", marks.drawOn(studio.photo()))
                .with("each as 8 x 8 numbers a color", right.draw())
                .draw();
    }

    private static float[] seen(Studio studio, GlimpseSensor sensor, PatchTokens pixels, float... point) {
        Sketch sketch = studio.sketch();
        return sketch.show("patches", sensor.build(sketch.given(pixels.image()), sketch.given(point, 1, 2)))
                .run()
                .get("patches")
                .toFloats();
    }

    /** One of the patches {@code [scales·3·g·g]} as an image. */
    private static RgbImage patch(float[] patches, int scale, int side) {
        int size = 3 * GLIMPSE * GLIMPSE;
        float[] one = Arrays.copyOfRange(patches, scale * size, (scale + 1) * size);
        return Enlarged.of(Tensor.of(one, 1, 3, GLIMPSE, GLIMPSE), side, side);
    }

    private static RgbImage walk(Studio studio) {
        Panels panels = Panels.inColumns(2);
        float[][] starts = {{-0.1f, -0.9f}, {0.35f, 0.85f}};
        for (float[] start : starts) {
            GlimpseSensor sensor = new GlimpseSensor(GLIMPSE, 2, GLIMPSE);
            PatchTokens pixels = PatchTokens.of(studio.photo(), PIXEL);
            int steps = 5;
            float[] points = points(studio, sensor, pixels, start, steps);
            Panels sight = Panels.inColumns(steps);
            for (int scale = 1; scale >= 0; scale--) {
                for (int t = 0; t < steps; t++) {
                    float[] patches = seen(studio, sensor, pixels, points[2 * t], points[2 * t + 1]);
                    sight = sight.with(scale == 1 ? Integer.toString(t + 1) : "", patch(patches, scale, 76));
                }
            }
            panels = panels.with("its way", Trail.of(studio.photo(), points, GLIMPSE * PIXEL))
                    .with("what it saw: the blur and the sharp middle", sight.draw());
        }
        return panels.draw();
    }

    /** Positions that the glimpses visit: (x, y) from -1 to 1 for each step. */
    private static float[] points(Studio studio, GlimpseSensor sensor, PatchTokens pixels, float[] start, int steps) {
        int cells = GLIMPSE * GLIMPSE;
        float[] redness = new float[cells * 2 * 3 * cells]; // of each cell of the blurred image
        float[] where = new float[4 * cells]; // +x, -x, +y, -y of the position
        float[] pull = new float[4 * cells];
        float[] ownPoint = new float[cells * 2];
        for (int axis = 0; axis < 2; axis++) {
            for (int sign = 0; sign < 2; sign++) {
                int unit = 2 * axis + sign;
                ownPoint[unit * 2 + axis] = sign == 0 ? 1 : -1;
                where[unit * cells + 2 * axis] = sign == 0 ? 1 : -1;
                where[unit * cells + 2 * axis + 1] = sign == 0 ? -1 : 1;
            }
        }
        for (int cell = 0; cell < cells; cell++) {
            for (int c = 0; c < 3; c++) {
                redness[(cell * 2 * 3 + 3 + c) * cells + cell] = c == 0 ? 1 : -0.9f;
            }
            double reach = GLIMPSE * GLIMPSE / 2.0;
            double x = ((cell % GLIMPSE + 0.5) / GLIMPSE * 2 - 1) * reach / (pixels.columns() / 2.0);
            double y = ((cell / GLIMPSE + 0.5) / GLIMPSE * 2 - 1) * reach / (pixels.rows() / 2.0);
            double strength = 0.5;
            pull[cell] = (float) (strength * x);
            pull[cells + cell] = (float) (-strength * x);
            pull[2 * cells + cell] = (float) (strength * y);
            pull[3 * cells + cell] = (float) (-strength * y);
        }
        Sketch sketch = studio.sketch()
                .weight("patch.weight", redness)
                .weight("point.weight", ownPoint)
                .weight("what.weight", pull)
                .weight("where.weight", where)
                .weight("core.input.weight", Weights.identity(4, 4, 1))
                .weight("core.state.weight", Weights.all(16, 0))
                .weight("next.weight", 1, -1, 0, 0, 0, 0, 1, -1)
                .weight("baseline.weight", Weights.all(4, 0))
                .weight("classes.weight", Weights.all(8, 0));
        GlimpseNetwork glimpse = new GlimpseNetwork(sensor, cells, 4);
        RecurrentAttentionModel.Result read = new RecurrentAttentionModel(glimpse, 4, steps, 0.1, 2)
                .build(
                        sketch.scope(),
                        sketch.given(pixels.image()),
                        sketch.given(start, 1, 2),
                        sketch.given(new float[2 * (steps - 1)], 1, steps - 1, 2));
        return sketch.show("points", read.points()).run().get("points").toFloats();
    }
}
