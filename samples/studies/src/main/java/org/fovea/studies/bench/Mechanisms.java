package org.fovea.studies.bench;

import java.util.List;

/** The mechanisms to measure. */
final class Mechanisms {
    private Mechanisms() {}

    static List<Mechanism> all() {
        MechanismList out = new MechanismList();
        SequenceMechanisms.add(out);
        ImageMechanisms.add(out);
        LookingMechanisms.add(out);
        return out.all();
    }
}
