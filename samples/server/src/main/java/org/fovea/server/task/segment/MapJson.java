package org.fovea.server.task.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.output.LabelPng;
import org.fovea.segmentation.output.LabelRows;
import org.fovea.segmentation.output.Palette;

/** A segmentation as JSON with one picture for all regions, however many there are. */
final class MapJson {
    /** Maximum number of colors of a PNG with a palette. */
    static final int MOST_CLASSES = 256;

    private MapJson() {}

    static Map<String, Object> of(Segmentation result, Palette palette) {
        LabelMask classes = result.classes();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("width", classes.width());
        out.put("height", classes.height());
        out.put("map", MaskJson.base64(indexed(classes, palette)));
        out.put(
                "classes",
                result.segments().stream()
                        .map(each -> ofClass(each, result, palette))
                        .toList());
        result.instances().ifPresent(instances -> {
            out.put("objects_map", MaskJson.base64(numbers(instances.ids()).toPng()));
            out.put("objects", objects(instances));
        });
        return out;
    }

    private static Object ofClass(Segment segment, Segmentation result, Palette palette) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", segment.id());
        out.put("label", segment.label());
        out.put("color", String.format("#%06x", palette.color(segment.id())));
        out.put("share", result.share(segment));
        out.put("score", segment.score());
        return out;
    }

    private static List<Object> objects(Instances instances) {
        return instances.objects().stream()
                .<Object>map(each -> {
                    Map<String, Object> out = new LinkedHashMap<>();
                    out.put("id", each.id());
                    out.put("label", each.label());
                    out.put("area", Math.toIntExact(each.area()));
                    out.put("box", List.of(each.left(), each.top(), each.right(), each.bottom()));
                    out.put("score", each.score());
                    return out;
                })
                .toList();
    }

    private static byte[] indexed(LabelMask classes, Palette palette) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LabelRows png = LabelPng.indexed(out, classes.height(), classes.width(), palette)) {
            png.all(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: nothing is written to a file
        }
        return out.toByteArray();
    }

    /** Object numbers as bytes of red, green and blue, the lowest byte in red. */
    private static RgbImage numbers(LabelMask ids) {
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(ids.height(), ids.width()))];
        for (int y = 0, i = 0; y < ids.height(); y++) {
            for (int x = 0; x < ids.width(); x++) {
                int id = ids.label(y, x);
                rgb[i++] = (byte) id;
                rgb[i++] = (byte) (id >> Byte.SIZE);
                rgb[i++] = (byte) (id >> 2 * Byte.SIZE);
            }
        }
        return RgbImage.of(ids.height(), ids.width(), rgb);
    }
}
