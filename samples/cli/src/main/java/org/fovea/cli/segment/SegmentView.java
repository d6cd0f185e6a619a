package org.fovea.cli.segment;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.cli.images.ResultView;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.output.SegmentTable;

/** Shows the classes, largest first; in JSON and CSV the objects too, where the model tells them apart. */
final class SegmentView implements ResultView<SegmentReport> {
    @Override
    public List<String> columns() {
        return SegmentTable.COLUMNS;
    }

    @Override
    public List<List<Object>> rows(SegmentReport result) {
        return result.objects().orElse(result.classes()).stream()
                .map(SegmentTable::cells)
                .toList();
    }

    @Override
    public void writeFields(JsonGenerator json, SegmentReport result) throws IOException {
        json.writeNumberField("height", result.height());
        json.writeNumberField("width", result.width());
        write(json, "classes", result.classes(), result);
        if (result.objects().isPresent()) {
            write(json, "objects", result.objects().get(), result);
        }
    }

    private static void write(JsonGenerator json, String name, List<Segment> segments, SegmentReport result)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Segment s : segments) {
            json.writeStartObject();
            json.writeNumberField("id", s.id());
            json.writeNumberField("class", s.classIndex());
            json.writeStringField("label", s.label());
            json.writeNumberField("area", s.area());
            json.writeNumberField("share", result.share(s));
            json.writeArrayFieldStart("centroid");
            json.writeNumber(s.centroidX());
            json.writeNumber(s.centroidY());
            json.writeEndArray();
            json.writeArrayFieldStart("box");
            for (int side : new int[] {s.left(), s.top(), s.right(), s.bottom()}) {
                json.writeNumber(side);
            }
            json.writeEndArray();
            json.writeNumberField("score", s.score());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public List<String> lines(SegmentReport result) {
        List<String> out = new ArrayList<>();
        for (Segment s : result.classes()) {
            out.add(String.format(Locale.ROOT, "%6.2f %%  %s", 100 * result.share(s), s.label()));
        }
        result.objects().ifPresent(objects -> out.add(objects.size() + " objects"));
        return out;
    }
}
