package io.millrace.host.usercode;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import io.millrace.runtime.plan.JobGraph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an enumerator had not given out at its position is given out by the one that goes on. */
class EnumeratorPositionsTest {
    private static final JobGraph GRAPH =
            Graphs.of(
                    "numbers",
                    new OperatorSpec.SourceSpec(new NumberSequenceSource(1, 90), null),
                    3);

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Enumerators enumerators =
            new Enumerators(
                    graph -> getClass().getClassLoader(),
                    events::add,
                    CoordinatorMetrics.withoutReporters());

    @AfterEach
    void close() {
        enumerators.close();
    }

    @Test
    void goesOnFromItsPosition() throws Exception {
        enumerators.start(new Effect.StartEnumerator(GRAPH, 1, 0, 1));
        List<ByteBuffer> before = splitsOf(1);
        enumerators.snapshot(
                new Effect.SnapshotEnumerators(
                        Graphs.JOB, 7, List.of(new Effect.SourceRef(1, 0, 1))));
        Event.EnumeratorSnapshot taken = (Event.EnumeratorSnapshot) next();
        assertThat(taken.checkpointId()).isEqualTo(7);
        assertThat(taken.failure()).isNull();
        List<ByteBuffer> afterwards = new ArrayList<>(splitsOf(1));
        afterwards.addAll(splitsOf(1));

        enumerators.start(
                new Effect.StartEnumerator(
                        GRAPH,
                        1,
                        0,
                        2,
                        new EnumeratorEntry("numbers", taken.version(), taken.state())));
        List<ByteBuffer> restored = new ArrayList<>(splitsOf(2));
        restored.addAll(splitsOf(2));

        assertThat(restored).isEqualTo(afterwards).doesNotContainAnyElementsOf(before);
    }

    @Test
    void onlyTheEnumeratorOfTheGenerationAnswers() throws Exception {
        enumerators.start(new Effect.StartEnumerator(GRAPH, 1, 0, 2));
        enumerators.snapshot(
                new Effect.SnapshotEnumerators(
                        Graphs.JOB,
                        7,
                        List.of(new Effect.SourceRef(1, 0, 1), new Effect.SourceRef(1, 0, 2))));
        assertThat(((Event.EnumeratorSnapshot) next()).generation()).isEqualTo(2);
        assertThat(events).isEmpty();
    }

    private List<ByteBuffer> splitsOf(int generation) throws Exception {
        enumerators.splitRequest(new Effect.SplitRequest(Graphs.JOB, 1, 0, generation, 0, "h"));
        Event.SplitsAssigned assigned = (Event.SplitsAssigned) next();
        return assigned.splits().stream().map(ByteBuffer::wrap).toList();
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }
}
