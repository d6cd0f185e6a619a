package org.fovea.server.task.caption;

import java.util.List;
import org.fovea.captioning.CaptionRequest;
import org.fovea.captioning.Captions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.queue.Batch;
import org.fovea.server.task.BatchRows;

/** From pixels {@code [1, C, H, W]} to captions that are wished for in the same way. */
record CaptionBatch(ImageCaptioner captioner, CaptionRequest request, int most) implements Batch<Tensor, Captions> {
    @Override
    public List<Captions> compute(List<Tensor> images) {
        return captioner.captionPrepared(images, BatchRows.of(images.size(), most), request);
    }
}
