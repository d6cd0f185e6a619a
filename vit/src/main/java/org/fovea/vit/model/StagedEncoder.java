package org.fovea.vit.model;

import java.util.List;

/** An encoder of stages, each with a grid of its own; that of the encoder is the last stage's. */
interface StagedEncoder extends GridEncoder {
    /** The sizes of a stage that all such encoders have. */
    interface StageSize {
        /** Number of blocks. */
        int depth();

        /** Heads of each attention. */
        int heads();
    }

    /** Stages in the order of the forward pass. */
    List<? extends StageSize> stages();

    /** Rows of the grid of a stage. */
    int gridRows(int stage);

    /** Columns of the grid of a stage. */
    int gridColumns(int stage);

    /** Number of the last stage, from 0. */
    default int last() {
        return stages().size() - 1;
    }

    /** Number of blocks of each stage. */
    default List<Integer> depths() {
        return stages().stream().map(StageSize::depth).toList();
    }

    @Override
    default int depth() {
        return stages().stream().mapToInt(StageSize::depth).sum();
    }

    @Override
    default int heads() {
        return stages().get(last()).heads();
    }

    @Override
    default int gridRows() {
        return gridRows(last());
    }

    @Override
    default int gridColumns() {
        return gridColumns(last());
    }
}
