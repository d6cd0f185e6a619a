package org.fovea.studies.captions;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.train.SceneBatches;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.StraightenedEncoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/** Pictures of {@link TurnedScenes} as a learned front straightens them. */
final class LearnedFront {
    private static final String IMAGE = "image";
    private static final String PLACES = "places";

    private final List<SceneSample> samples;
    private final int pixels;
    private final float[] image; // [B, 3, H, W]
    private final float[] places; // [B, H, W, 2]

    /**
     * Straightens pictures.
     *
     * @param weights of a captioner with such a front
     */
    LearnedFront(SpatialFront front, Parameters weights, Backend backend, List<SceneSample> samples) {
        this.samples = samples;
        this.pixels = samples.get(0).picture().height();
        Graph graph = new Graph();
        Value picture = graph.input(CaptionerModel.PIXELS, samples.size(), 3, pixels, pixels);
        Scope scope = Scope.of(graph).child(CaptionerModel.VISION).child(StraightenedEncoder.FRONT);
        SpatialTransformer.Transformed out = front.build(scope, picture);
        graph.output(IMAGE, out.image());
        graph.output(PLACES, out.places());
        try (Program program = backend.compile(graph, weights, Precision.F32)) {
            Map<String, Tensor> seen = program.run(
                    Map.of(CaptionerModel.PIXELS, SceneBatches.of(samples).pixels()));
            this.image = seen.get(IMAGE).toFloats();
            this.places = seen.get(PLACES).toFloats();
        }
    }

    /** Mean distance, in pixels, of the places where the card's corner pixels were looked for from where they lie. */
    double error() {
        return distance((i, x, y) -> {
            int at = ((i * pixels + y) * pixels + x) * 2;
            return new Point2D.Double(inPixels(places[at]), inPixels(places[at + 1]));
        });
    }

    /** The same for pictures that are taken as they lie. */
    double errorOfNone() {
        return distance((i, x, y) -> new Point2D.Double(x + 0.5, y + 0.5));
    }

    /** The point of a picture, in pixels, at which the straightened picture's pixel (x, y) is looked for. */
    @FunctionalInterface
    private interface Looked {
        Point2D at(int sample, int x, int y);
    }

    private double distance(Looked looked) {
        double sum = 0;
        for (int i = 0; i < samples.size(); i++) {
            for (int corner = 0; corner < 4; corner++) {
                int x = corner % 2 * (pixels - 1);
                int y = corner / 2 * (pixels - 1);
                sum += looked.at(i, x, y).distance(lies(i, x, y));
            }
        }
        return sum / (4 * samples.size());
    }

    private Point2D lies(int i, int x, int y) {
        AffineTransform place = TurnedScenes.place(samples.get(i), pixels);
        return place.transform(new Point2D.Double(x + 0.5, y + 0.5), null);
    }

    private double inPixels(float place) {
        return (place + 1) * pixels / 2; // -1 and 1 are the outer edges
    }

    /** Draws the pictures above what the front makes of them. */
    void draw(Path file) throws IOException {
        BufferedImage sheet = new BufferedImage(samples.size() * pixels, 2 * pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            for (int i = 0; i < samples.size(); i++) {
                graphics.drawImage(samples.get(i).picture().toBufferedImage(), i * pixels, 0, null);
                graphics.drawImage(straightened(i).toBufferedImage(), i * pixels, pixels, null);
            }
        } finally {
            graphics.dispose();
        }
        RgbImage.from(sheet).writePng(file);
    }

    private RgbImage straightened(int i) {
        int plane = pixels * pixels;
        byte[] rgb = new byte[3 * plane];
        for (int p = 0; p < rgb.length; p++) {
            float value = (image[3 * plane * i + p % 3 * plane + p / 3] + 1) * 127.5f; // from -1 to 1
            rgb[p] = (byte) Math.round(Math.max(0, Math.min(255, value)));
        }
        return RgbImage.of(pixels, pixels, rgb);
    }
}
