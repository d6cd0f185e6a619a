package org.fovea.vit;
import java.util.*;
import java.util.concurrent.*;
import org.fovea.core.tensor.*;
import org.fovea.core.backend.*;
import org.fovea.core.engine.Backends;
import org.fovea.vit.model.*;
import org.junit.jupiter.api.Test;
class ScratchRaceTest {
    @Test void race() throws Exception {
        ClassifierConfig c = Presets.named("vit-tiny-patch16-224");
        int size = 3*224*224;
        Tensor one = Tensor.zeros(DType.F32, Shape.of(1,3,224,224)); Tensor eight = Tensor.zeros(DType.F32, Shape.of(8,3,224,224));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        float expected = Float.NaN;
        for (int i = 0; i < 12; i++) {
            WeightSource w = c.inferenceParameters(c.randomParameters(1), c);
            Backend b = Backends.named("onednn");
            int n = i;
            Future<Program> p = pool.submit(() -> b.compile(c.inferenceGraph(1, Set.of()), w, Precision.F32));
            Future<Program> q = pool.submit(() -> b.compile(c.inferenceGraph(8, Set.of()), w, Precision.F32));
            float x = p.get().run(Map.of("pixel_values", one)).get("logits").toFloats()[0];
            float y = q.get().run(Map.of("pixel_values", eight)).get("logits").toFloats()[0];
            System.out.println("RACE " + x + " " + y);
            p.get().close(); q.get().close();
        }
    }
}
