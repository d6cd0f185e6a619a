package org.fovea.core.generate;

import java.util.List;

/** The search for the texts of one image. */
interface ImageSearch {
    /** Chooses the next tokens; a finished search continues with padding. */
    void advance(List<Candidates> rows);

    /** Former row that each row continues. */
    int[] origins();

    /** Next token of each row. */
    int[] tokens();

    boolean isFinished();

    /** Texts found, best first if the search ranks them. */
    List<TextGeneration> results();
}
