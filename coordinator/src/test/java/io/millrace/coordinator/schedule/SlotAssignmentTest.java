package io.millrace.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.schedule.SlotAssignment.Offer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotAssignmentTest {
    @Test
    void spreadsEvenly() {
        var offers = List.of(new Offer("a", 2), new Offer("b", 2), new Offer("c", 2));
        assertThat(SlotAssignment.spread(4, offers)).hasValue(List.of("a", "b", "c", "a"));
    }

    @Test
    void prefersTheEmptiestWorker() {
        var offers = List.of(new Offer("a", 1), new Offer("b", 3));
        assertThat(SlotAssignment.spread(2, offers)).hasValue(List.of("b", "b"));
    }

    @Test
    void givesAllOrNothing() {
        assertThat(SlotAssignment.spread(3, List.of(new Offer("a", 2)))).isEmpty();
        assertThat(SlotAssignment.spread(1, List.of())).isEmpty();
        assertThat(SlotAssignment.spread(0, List.of())).hasValue(List.of());
    }

    @Test
    void roundsWorkersUp() {
        assertThat(SlotAssignment.workersFor(0, 4)).isZero();
        assertThat(SlotAssignment.workersFor(1, 4)).isEqualTo(1);
        assertThat(SlotAssignment.workersFor(4, 4)).isEqualTo(1);
        assertThat(SlotAssignment.workersFor(5, 4)).isEqualTo(2);
    }
}
