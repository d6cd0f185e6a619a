package org.fovea.segmentation.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.fovea.core.image.LabelMask;
import org.fovea.core.io.JsonText;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;

/**
 * The annotations of an image as COCO has them: {@code images}, {@code annotations} with masks as compressed run lengths, and
 * {@code categories}. Where the model does not tell objects apart, the pixels of a class are one annotation.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO, data format</a>
 */
public final class CocoAnnotations {
    private CocoAnnotations() {}

    /**
     * Text of the annotation file.
     *
     * @param name file name of the image
     * @param wanted classes to write
     */
    public static String of(String name, Segmentation result, List<Integer> wanted) {
        return JsonText.line(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("images");
            json.writeStartObject();
            json.writeNumberField("id", 1);
            json.writeStringField("file_name", name);
            json.writeNumberField("width", result.classes().width());
            json.writeNumberField("height", result.classes().height());
            json.writeEndObject();
            json.writeEndArray();
            json.writeArrayFieldStart("annotations");
            LabelMask mask = result.instances().map(Instances::ids).orElse(result.classes());
            int number = 1;
            for (Segment segment : result.objects()) {
                if (wanted.contains(segment.classIndex())) {
                    annotation(json, number++, segment, mask);
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("categories");
            for (int i = 0; i < result.labels().size(); i++) {
                json.writeStartObject();
                json.writeNumberField("id", i);
                json.writeStringField("name", result.labels().get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void annotation(JsonGenerator json, int number, Segment s, LabelMask mask) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", number);
        json.writeNumberField("image_id", 1);
        json.writeNumberField("category_id", s.classIndex());
        json.writeNumberField("area", s.area());
        json.writeArrayFieldStart("bbox");
        for (int value : new int[] {s.left(), s.top(), s.right() - s.left(), s.bottom() - s.top()}) {
            json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeNumberField("iscrowd", 0);
        json.writeNumberField("score", s.score());
        json.writeObjectFieldStart("segmentation");
        json.writeArrayFieldStart("size");
        json.writeNumber(mask.height());
        json.writeNumber(mask.width());
        json.writeEndArray();
        json.writeStringField("counts", RunLengths.of(mask, s.id(), s.left(), s.right()));
        json.writeEndObject();
        json.writeEndObject();
    }
}
