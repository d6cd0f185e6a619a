package org.fovea.server.trial.hostile;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.fovea.server.trial.hostile.HostileRequest.Manner;

/** Hostile requests by number: the same seed and number give the same bytes. */
record HostileRequests(long seed) {
    private static final List<Function<SplittableRandom, HostileRequest>> KINDS = List.of(
            HttpMutations::firstLine,
            HttpMutations::length,
            HttpMutations::header,
            HttpMutations::chunks,
            HttpMutations::pipeline,
            HttpMutations::anyByte,
            HttpMutations::noHttp,
            PathMutations::path,
            ImageMutations::damaged,
            ImageMutations::damaged,
            ImageMutations::bomb,
            BodyMutations::json,
            BodyMutations::damaged,
            BodyMutations::type,
            BodyMutations::form,
            BodyMutations::parameter,
            BodyMutations::parameter);
    private static final int RARELY = 20;

    HostileRequest get(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        HostileRequest request = KINDS.get(number % KINDS.size()).apply(random);
        return switch (random.nextInt(RARELY)) {
            case 0 -> request.sent(Manner.DRIBBLED);
            case 1 -> request.sent(Manner.ABANDONED);
            case 2 -> request.sent(Manner.RESET);
            default -> request;
        };
    }
}
