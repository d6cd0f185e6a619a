package org.fovea.server.task.ask;

import java.util.List;
import java.util.function.Supplier;
import org.fovea.server.queue.Batch;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.Answers;
import org.fovea.vqa.EmbeddedImage;
import org.fovea.vqa.VisualAnswerer;

/**
 * Questions about one image, which is looked at once.
 *
 * @param image its key
 */
record AskBatch(VisualAnswerer answerer, String image, AnswerRequest request, int most)
        implements Batch<AskBatch.Asked, Answers> {
    /**
     * A question.
     *
     * @param look gives the image of the batch
     */
    record Asked(String question, Supplier<EmbeddedImage> look) {}

    @Override
    public List<Answers> compute(List<Asked> all) {
        List<String> questions = all.stream().map(Asked::question).toList();
        return answerer.ask(all.get(0).look().get(), questions, request);
    }
}
