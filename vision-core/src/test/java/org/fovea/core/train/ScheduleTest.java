package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void cosineWarmsUpAndFalls() {
        Schedule schedule = new Schedule.Cosine(1, 0.2, 0.1, 4, 12);
        assertEquals(0.2, schedule.rate(0), 0);
        assertEquals(0.6, schedule.rate(2), 1e-15);
        assertEquals(1, schedule.rate(4), 0);
        assertEquals(0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2, schedule.rate(6), 1e-15);
        assertEquals(0.55, schedule.rate(8), 1e-15);
        assertEquals(0.1, schedule.rate(12), 0);
        assertEquals(0.1, schedule.rate(1000), 0);
    }

    @Test
    void stepsFallAtEachMilestone() {
        Schedule schedule = new Schedule.Steps(1, 0, 2, List.of(10L, 20L), 0.5);
        assertEquals(0, schedule.rate(0), 0);
        assertEquals(0.5, schedule.rate(1), 0);
        assertEquals(1, schedule.rate(9), 0);
        assertEquals(0.5, schedule.rate(10), 0);
        assertEquals(0.25, schedule.rate(20), 0);
    }

    @Test
    void constantStays() {
        assertEquals(0.3, Schedule.constant(0.3).rate(12345), 0);
    }

    @Test
    void wrongSettingsAreErrors() {
        String total = assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1, 10, 10))
                .getMessage();
        assertTrue(total.contains("total steps after the warm-up must be at least 11, got 10"), total);
        assertThrows(IllegalArgumentException.class, () -> Schedule.constant(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Schedule.Steps(1, 0, 0, List.of(5L, 5L), 0.1));
    }
}
