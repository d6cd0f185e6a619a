package org.fovea.vqa.model;

/** Ways from a question and the places of an image to the scores of answers. */
public enum AnswerHead {
    /**
     * Stacked attention: an LSTM encodes the question, which then attends to the image several times.
     *
     * @see <a href="https://arxiv.org/abs/1511.02274">Yang et al. 2016</a>
     */
    STACKED(new StackedHead(2)), // number of hops from section 4.3 of the paper
    /**
     * Relation network: an LSTM encodes the question, and a network relates all pairs of image positions, given the question.
     *
     * @see <a href="https://arxiv.org/abs/1706.01427">Santoro et al. 2017</a>
     */
    RELATION(new RelationHead(2)),
    /**
     * Memory network: an LSTM encodes the question, which then reads the image positions as a memory, hop by hop.
     *
     * @see <a href="https://arxiv.org/abs/1503.08895">Sukhbaatar et al. 2015</a>
     */
    MEMORY(new MemoryHead(3)), // number of hops from table 1 of the paper
    /**
     * Guided attention: a Transformer encodes the question, and each of its blocks also attends to the image.
     *
     * @see <a href="https://arxiv.org/abs/1906.10770">Yu et al. 2019</a>
     */
    TRANSFORMER(new GuidedHead(3, 4)),
    /** Baseline that does not see the image. */
    QUESTION_ONLY(new QuestionOnlyHead()),
    /** Baseline that does not read the question. */
    IMAGE_ONLY(new ImageOnlyHead());

    private final ReadingHead reading;

    AnswerHead(ReadingHead reading) {
        this.reading = reading;
    }

    /** Part of the model that depends on the head. */
    ReadingHead reading() {
        return reading;
    }

    /** Returns whether the head uses both question and image. */
    public boolean looks() {
        return reading.inputs().contains(AnswererModel.IMAGE)
                && reading.inputs().contains(AnswererModel.QUESTION);
    }
}
