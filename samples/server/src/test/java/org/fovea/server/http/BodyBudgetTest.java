package org.fovea.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
    @Test
    void oneBodyGrowsToHalfOfTheBudget() {
        BodyBudget budget = new BodyBudget(100);
        BodyBudget.Share alone = budget.share();
        for (int i = 0; i < 5; i++) {
            assertTrue(alone.take(10), "part " + i);
        }
        assertFalse(alone.take(10)); // 50 held, 40 would stay free
        assertEquals(50, budget.bytes());
    }

    @Test
    void largeBodiesLeaveRoomForSmallOnes() {
        BodyBudget budget = new BodyBudget(100);
        List<BodyBudget.Share> large = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            large.add(budget.share());
        }
        for (int part = 0; part < 20; part++) {
            large.forEach(share -> share.take(4));
        }
        assertTrue(budget.share().take(4), budget.bytes() + " bytes held");
        assertTrue(budget.bytes() <= 100);
    }

    @Test
    void aShareComesBackOnceAndIsClosedThen() {
        BodyBudget budget = new BodyBudget(100);
        BodyBudget.Share share = budget.share();
        BodyBudget.Share other = budget.share();
        assertTrue(share.take(30) && other.take(20));
        share.close();
        share.close();
        assertEquals(20, budget.bytes());
        assertFalse(share.take(1));
        other.close();
        assertEquals(0, budget.bytes());
    }

    @Test
    void threadsAtOnceNeverTakeMoreThanThereIs() throws Exception {
        BodyBudget budget = new BodyBudget(1000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Long>> most = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            most.add(threads.submit(() -> mostSeen(budget, random)));
        }
        for (Future<Long> each : most) {
            assertTrue(each.get() <= 1000, "held " + each.get());
        }
        threads.shutdown();
        assertEquals(0, budget.bytes());
    }

    private static long mostSeen(BodyBudget budget, Random random) {
        long most = 0;
        for (int body = 0; body < 2000; body++) {
            try (BodyBudget.Share share = budget.share()) {
                for (int part = 0; part < 50 && share.take(1 + random.nextInt(100)); part++) {
                    most = Math.max(most, budget.bytes());
                }
            }
        }
        return most;
    }

    @Test
    void aBudgetOfNothingIsRefused() {
        String text = assertThrows(IllegalArgumentException.class, () -> new BodyBudget(0))
                .getMessage();
        assertTrue(text.contains("mostBytes") && text.contains("0"), text);
    }
}
