package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.data.ImageSource;
import org.fovea.core.data.NotedImage;

/**
 * An image that is not read yet, and questions about it.
 *
 * @param name name of the image in errors and reports, such as {@code images/000001.png}
 * @param questions questions, at least one
 */
public record AnsweredImage(String name, ImageSource source, List<AnsweredQuestion> questions)
        implements NotedImage<AnsweredQuestion> {
    /** Copies the list and checks that it is not empty. */
    public AnsweredImage {
        questions = List.copyOf(questions);
        Check.positive("AnsweredImage: number of questions", questions.size());
    }

    @Override
    public List<AnsweredQuestion> notes() {
        return questions;
    }

    /** All questions about a list of images. */
    static List<AnsweredQuestion> questions(List<AnsweredImage> images) {
        return images.stream().flatMap(image -> image.questions().stream()).toList();
    }

    /** Splits the image into several, each with at most {@code most} of its questions in their order. */
    List<AnsweredImage> inParts(int most) {
        List<AnsweredImage> out = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += most) {
            int end = Math.min(questions.size(), from + most);
            out.add(new AnsweredImage(name, source, questions.subList(from, end)));
        }
        return out;
    }
}
