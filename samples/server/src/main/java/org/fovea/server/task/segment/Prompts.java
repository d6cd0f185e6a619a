package org.fovea.server.task.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.segmentation.Prompt;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.Parameters;

/** The prompts of a request. */
final class Prompts {
    private static final int MOST = 256;

    private Prompts() {}

    /**
     * Reads the prompts of a request.
     *
     * @throws ApiException when there are none, or they contradict each other
     */
    static List<Prompt> of(Parameters wanted) {
        List<List<Double>> points = wanted.rows(SegmentTask.POINTS, 2, 3);
        List<List<Double>> boxes = wanted.rows(SegmentTask.BOXES, 4, 4);
        if (points.isEmpty() && boxes.isEmpty()) {
            throw ApiException.badRequest("this model is a SAM, which needs points or boxes: points=[[x, y, 1]] or"
                    + " boxes=[[left, top, right, bottom]], in pixels of the image");
        }
        if (points.size() > MOST || boxes.size() > MOST) {
            throw ApiException.badRequest(
                    "points and boxes must be at most " + MOST + ", got " + points.size() + " and " + boxes.size());
        }
        if (!points.isEmpty() && boxes.size() > 1) {
            throw ApiException.badRequest(
                    "points go with one box, got " + boxes.size() + "; give several boxes without points");
        }
        try {
            List<Prompt> all = boxes.stream()
                    .map(b -> Prompt.box(b.get(0), b.get(1), b.get(2), b.get(3)))
                    .toList();
            return points.isEmpty() ? all : List.of(of(points, all.stream().findFirst()));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(e.getMessage(), e);
        }
    }

    private static Prompt of(List<List<Double>> points, Optional<Prompt> box) {
        List<double[]> shown = new ArrayList<>();
        List<double[]> hidden = new ArrayList<>();
        for (List<Double> point : points) {
            double kind = point.size() == 3 ? point.get(2) : 1;
            if (kind != 0 && kind != 1) {
                throw ApiException.badRequest("the third number of a point must be 1 on what is wanted or 0 on what is"
                        + " not, got " + kind);
            }
            (kind == 1 ? shown : hidden).add(new double[] {point.get(0), point.get(1)});
        }
        return Prompt.of(shown, hidden, box);
    }
}
