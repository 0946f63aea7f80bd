package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Subtasks and workers near what they read, on a cluster of several hosts. */
class NearResultsTest {
    private final CoordinatorHarness it = new CoordinatorHarness();

    private static JobGraph twoStages(int sources, int sinks) {
        return JobGraphs.job(1)
                .vertex(sources, SOURCE)
                .vertex(sinks, SINK)
                .stored(1, 2, KEY_GROUP)
                .build();
    }

    private void writes(int subtask, int... bytes) {
        String worker = it.subtask(1, 1, subtask).workerId();
        it.becomes(worker, attempt(1, 1, subtask, 0), TaskState.RUNNING);
        it.writes(worker, attempt(1, 1, subtask, 0), 0, bytes);
    }

    @Test
    void aReaderWhoseWorkerIsFullGoesToAnotherOfTheSameHost() {
        it.submit(twoStages(1, 2));
        it.registersOn("h1", "a", 1);
        it.registersOn("h2", "b", 2);
        it.registersOn("h1", "c", 1);
        writes(0, 10, 10);
        assertThat(it.subtask(1, 2, 0).workerId()).isEqualTo("a");
        assertThat(it.subtask(1, 2, 1).workerId())
                .as("b has more free slots, but is on another host")
                .isEqualTo("c");
    }

    @Test
    void aReaderGoesToTheHostThatHasTwiceItsShareOfManyWriters() {
        it.submit(twoStages(6, 1));
        for (int i = 0; i < 6; i++) {
            it.registersOn("h" + i, "w" + i, 1);
        }
        it.registersOn("h9", "idle", 3);
        for (int i = 5; i >= 0; i--) {
            writes(i, it.subtask(1, 1, i).workerId().equals("w3") ? 40 : 10);
        }
        assertThat(it.subtask(1, 2, 0).workerId())
                .as("40 of 90 bytes, with 15 on the average")
                .isEqualTo("w3");
    }

    @Test
    void whatIsDealtEvenlyDrawsNobody() {
        it.submit(twoStages(6, 1));
        for (int i = 0; i < 6; i++) {
            it.registersOn("h" + i, "w" + i, 1);
        }
        it.registersOn("h9", "idle", 3);
        for (int i = 0; i < 6; i++) {
            writes(i, 10 + i);
        }
        assertThat(it.subtask(1, 2, 0).workerId()).isEqualTo("idle");
    }

    @Test
    void nobodyWaitsForAPlaceNearWhatHeReads() {
        it.submit(twoStages(1, 3));
        it.registersOn("h1", "a", 1);
        it.registersOn("h2", "b", 2);
        writes(0, 10, 10, 10);
        assertThat(it.job(1).vertex(2).orElseThrow().subtasks())
                .extracting(ClusterView.SubtaskView::workerId)
                .containsExactly("a", "b", "b");
    }

    @Test
    void aResultThatIsLostIsLookedForWhereItsNextAttemptIs() {
        it.submit(twoStages(1, 1));
        it.registersOn("h1", "a", 1);
        it.registersOn("h2", "b", 1);
        writes(0, 10);
        assertThat(it.subtask(1, 2, 0).workerId()).isEqualTo("a");
        it.gone("a");
        it.fires(TimerId.Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/1", 0);
        it.registersOn("h3", "c", 2);
        it.becomes("b", attempt(1, 1, 0, 1), TaskState.RUNNING);
        it.writes("b", attempt(1, 1, 0, 1), 0, 10);
        assertThat(it.subtask(1, 2, 0).workerId()).as("c has more free slots").isEqualTo("b");
    }

    @Test
    void workersAreAskedForWhereTheSourcesReadAndNotTwiceOnAHost() {
        it.on(new Event.JobSubmitted(twoStages(6, 1), List.of("n1", "n2.example.org", "n3")));
        assertThat(it.effects)
                .contains(new Effect.WantWorkers(3, List.of("n1", "n2.example.org", "n3")));
        it.registersOn("N1.example.org", "a", 1);
        assertThat(it.effects)
                .as("two slots each are expected, this one has one")
                .contains(new Effect.WantWorkers(4, List.of("n2.example.org", "n3", "n1")));
    }

    @Test
    void workersAreAskedForWhereTheResultsAre() {
        it.on(new Event.JobSubmitted(twoStages(1, 4), List.of("n1")));
        it.registersOn("h1", "a", 1);
        writes(0, 10, 10, 10, 10);
        assertThat(it.effects).contains(new Effect.WantWorkers(3, List.of("h1")));
    }

    @Test
    void whoNeedsNoWorkersWishesForNone() {
        it.on(new Event.JobSubmitted(twoStages(1, 1), List.of("n1")));
        it.registersOn("h1", "a", 1);
        writes(0, 10);
        it.becomes("a", attempt(1, 2, 0, 0), TaskState.RUNNING);
        it.finishes("a", attempt(1, 2, 0, 0));
        assertThat(it.effects(Effect.WantWorkers.class))
                .allSatisfy(want -> assertThat(want.near()).isEmpty());
    }
}
