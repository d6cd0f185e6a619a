package org.fovea.vit.model;

/** A classifier whose sizes are those of its encoder. */
interface GridClassifier extends ClassifierConfig {
    @Override
    GridEncoder encoder();

    @Override
    default int depth() {
        return encoder().depth();
    }

    @Override
    default int heads() {
        return encoder().heads();
    }

    @Override
    default int tokenCount() {
        return encoder().tokenCount();
    }

    @Override
    default int gridRows() {
        return encoder().gridRows();
    }

    @Override
    default int gridColumns() {
        return encoder().gridColumns();
    }
}
