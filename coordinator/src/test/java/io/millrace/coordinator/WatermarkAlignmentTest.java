package io.millrace.coordinator;

import static io.millrace.coordinator.CoordinatorHarness.EPOCH;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatermarkAlignmentTest {
    private static final OperatorSpec.Kind SOURCE = OperatorSpec.Kind.SOURCE;

    private final CoordinatorHarness it = new CoordinatorHarness();

    /** Two sources that share a sink. */
    @BeforeEach
    void runTwoSources() {
        it.registers("a", 3);
        it.submit(
                JobGraphs.job(1)
                        .vertex(1, SOURCE)
                        .vertex(1, SOURCE)
                        .vertex(1, OperatorSpec.Kind.SINK)
                        .edge(1, 3, Partitioning.Kind.REBALANCE)
                        .edge(2, 3, Partitioning.Kind.REBALANCE)
                        .build());
        for (int vertex = 1; vertex <= 3; vertex++) {
            it.becomes("a", attempt(1, vertex, 0, 0), TaskState.RUNNING);
        }
    }

    /** What the source is answered, if anything. */
    private List<Long> limits(AttemptId attempt, String group, long watermarkMs) {
        it.says("a", new ToCoordinator.SourceWatermark(attempt, 0, group, 50, watermarkMs));
        for (ToWorker.SourceLimit limit : it.sent(ToWorker.SourceLimit.class)) {
            assertThat(limit.attempt()).isEqualTo(attempt);
            assertThat(limit.epoch()).isEqualTo(EPOCH);
        }
        return it.sent(ToWorker.SourceLimit.class).stream()
                .map(ToWorker.SourceLimit::limitMs)
                .toList();
    }

    private List<Long> limits(AttemptId attempt, long watermarkMs) {
        return limits(attempt, "g", watermarkMs);
    }

    @Test
    void eachMayComeAsFarAsTheSlowestAndTheDrift() {
        assertThat(limits(attempt(1, 1, 0, 0), 1000)).containsExactly(1050L);
        assertThat(limits(attempt(1, 2, 0, 0), 400)).containsExactly(450L);
        assertThat(limits(attempt(1, 1, 0, 0), 1010)).containsExactly(450L);
        assertThat(limits(attempt(1, 2, 0, 0), 2000)).containsExactly(1060L);
    }

    @Test
    void thoseThatAreIdleDoNotCount() {
        limits(attempt(1, 2, 0, 0), 400);
        assertThat(limits(attempt(1, 2, 0, 0), Long.MAX_VALUE)).containsExactly(Long.MAX_VALUE);
        assertThat(limits(attempt(1, 1, 0, 0), 1000)).containsExactly(1050L);
    }

    @Test
    void oneWithoutAWatermarkIsWaitedFor() {
        limits(attempt(1, 2, 0, 0), Long.MIN_VALUE);
        assertThat(limits(attempt(1, 1, 0, 0), 1000)).containsExactly(Long.MIN_VALUE + 50);
    }

    @Test
    void groupsDoNotKnowOfEachOther() {
        limits(attempt(1, 2, 0, 0), "other", 400);
        assertThat(limits(attempt(1, 1, 0, 0), 1000)).containsExactly(1050L);
    }

    @Test
    void thoseThatHaveFinishedDoNotCount() {
        limits(attempt(1, 2, 0, 0), 400);
        it.finishes("a", attempt(1, 2, 0, 0));
        assertThat(limits(attempt(1, 1, 0, 0), 1000)).containsExactly(1050L);
    }

    @Test
    void attemptsOfThePastAreNotHeardAndTheNextOnesAre() {
        limits(attempt(1, 2, 0, 0), 400);
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.becomes("a", attempt(1, 2, 0, 0), TaskState.CANCELED);
        it.becomes("a", attempt(1, 3, 0, 0), TaskState.CANCELED);
        it.fires(TimerId.Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/0", 0);
        it.becomes("a", attempt(1, 1, 0, 1), TaskState.RUNNING);
        it.becomes("a", attempt(1, 2, 0, 1), TaskState.RUNNING);

        assertThat(limits(attempt(1, 1, 0, 0), 9000)).isEmpty();
        // The slow one has not spoken since: it still holds the group where it was.
        assertThat(limits(attempt(1, 1, 0, 1), 700)).containsExactly(450L);
        assertThat(limits(attempt(1, 2, 0, 1), 300)).containsExactly(350L);
    }
}
