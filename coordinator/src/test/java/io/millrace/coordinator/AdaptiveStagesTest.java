package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.FORWARD;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.wire.Connection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stages whose parallelism follows from the bytes that they read. */
class AdaptiveStagesTest {
    private final CoordinatorHarness it = new CoordinatorHarness();

    /** Two sources, at most four maps that share six ranges, about 100 bytes each; a sink. */
    private static JobGraph job(Partitioning.Kind kind) {
        return JobGraphs.job(1)
                .vertex(2, SOURCE)
                .vertex(2, MAP)
                .undecided(4, 6)
                .vertex(1, SINK)
                .stored(1, 2, kind)
                .stored(2, 3, KEY_GROUP)
                .config(AdaptiveOptions.BYTES_PER_TASK.key(), "100 b")
                .build();
    }

    private void begin(JobGraph graph) {
        it.submit(graph);
        it.registers("a", 2);
        it.registers("b", 2);
    }

    private String workerOf(AttemptId attempt) {
        return it.subtask(1, attempt.vertexId(), attempt.subtask()).workerId();
    }

    private void writes(AttemptId attempt, int edge, int... bytes) {
        it.becomes(workerOf(attempt), attempt, TaskState.RUNNING);
        it.writes(workerOf(attempt), attempt, edge, bytes);
    }

    private List<ToWorker.DeployTasks> deployments() {
        return it.sent(ToWorker.DeployTasks.class);
    }

    private List<AttemptId> deployed() {
        return deployments().stream().flatMap(deploy -> deploy.tasks().stream()).toList();
    }

    private VertexView vertex(int id) {
        return it.job(1).vertex(id).orElseThrow();
    }

    @Test
    void theBytesOfAllWritersDecideHowManySubtasksThereAre() {
        begin(job(KEY_GROUP));
        assertThat(vertex(2).parallelism()).isEqualTo(4);
        assertThat(vertex(2).decision()).contains("to be decided");
        writes(attempt(1, 1, 0, 0), 0, 10, 10, 10, 10, 10, 10);
        assertThat(deployed()).isEmpty();
        writes(attempt(1, 1, 1, 0), 0, 10, 10, 10, 10, 10, 10);
        assertThat(deployed()).containsExactlyInAnyOrder(attempt(1, 2, 0, 0), attempt(1, 2, 1, 0));
        assertThat(vertex(2).parallelism()).isEqualTo(2);
        assertThat(vertex(2).subtasks()).hasSize(2);
        assertThat(vertex(2).decision())
                .isEqualTo(
                        "120 bytes to read in 6 ranges, about 100 bytes for each subtask, 1 to"
                                + " 4 of them");
    }

    @Test
    void aTaskIsToldOfItsOwnRangesAndOfNothingElse() {
        it.submit(job(KEY_GROUP));
        it.registers("a", 1);
        it.registers("b", 1);
        writes(attempt(1, 1, 0, 0), 0, 90, 1, 2, 3, 4, 5);
        writes(attempt(1, 1, 1, 0), 0, 0, 10, 20, 30, 40, 50);
        assertThat(vertex(2).parallelism()).isEqualTo(3);
        assertThat(deployments())
                .flatExtracting(ToWorker.DeployTasks::tasks)
                .containsExactly(attempt(1, 2, 0, 0), attempt(1, 2, 1, 0));
        assertThat(deployments().get(0).inputs())
                .flatExtracting(ResultInput::slices)
                .containsExactly(new ResultSlice(0, 1, 1, 90), new ResultSlice(0, 1, 1, 0));
        assertThat(deployments().get(1).inputs())
                .flatExtracting(ResultInput::slices)
                .containsExactly(new ResultSlice(1, 4, 3, 6), new ResultSlice(1, 4, 3, 60));
    }

    @Test
    void forwardReadersHaveAsMany() {
        begin(
                JobGraphs.job(1)
                        .vertex(1, SOURCE)
                        .vertex(4, MAP)
                        .undecided(4, 6)
                        .vertex(4, SINK)
                        .undecided(4, 6)
                        .stored(1, 2, KEY_GROUP)
                        .stored(2, 3, FORWARD)
                        .config(AdaptiveOptions.BYTES_PER_TASK.key(), "100 b")
                        .build());
        writes(attempt(1, 1, 0, 0), 0, 50, 50, 50, 50, 50, 50);
        assertThat(vertex(2).parallelism()).isEqualTo(3);
        assertThat(vertex(3).parallelism()).isEqualTo(3);
        assertThat(vertex(3).decision()).isEqualTo("as many as 'vertex-2'");
        writes(attempt(1, 2, 1, 0), 1, 5);
        assertThat(deployed()).containsExactly(attempt(1, 3, 1, 0));
    }

    @Test
    void theDecisionStaysWhenAWriterRunsAgain() {
        begin(job(KEY_GROUP));
        writes(attempt(1, 1, 0, 0), 0, 10, 10, 10, 10, 10, 10);
        writes(attempt(1, 1, 1, 0), 0, 10, 10, 10, 10, 10, 10);
        AttemptId reader = attempt(1, 2, 0, 0);
        it.becomes(workerOf(reader), reader, TaskState.RUNNING);
        it.misses(workerOf(reader), reader, new ResultId(JobGraphs.id(1), 0, 1, 0));
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, 1));
        writes(attempt(1, 1, 1, 1), 0, 900, 900, 900, 900, 900, 900);
        assertThat(deployed()).containsExactly(attempt(1, 2, 0, 1));
        assertThat(deployments().get(0).inputs())
                .extracting(ResultInput::slices)
                .containsExactly(
                        List.of(new ResultSlice(0, 3, 3, 30)),
                        List.of(new ResultSlice(0, 3, 3, 2_700)));
        assertThat(vertex(2).parallelism()).isEqualTo(2);
    }

    @Test
    void nothingIsDecidedWhileAResultIsLost() {
        it.submit(job(KEY_GROUP));
        it.registers("a", 1);
        it.registers("b", 1);
        writes(attempt(1, 1, 0, 0), 0, 10, 10, 10, 10, 10, 10);
        it.gone("a");
        it.registers("c", 1);
        assertThat(deployed()).containsExactly(attempt(1, 1, 0, 1));
        writes(attempt(1, 1, 1, 0), 0, 10, 10, 10, 10, 10, 10);
        assertThat(vertex(2).decision()).contains("to be decided");
        writes(attempt(1, 1, 0, 1), 0, 10, 10, 10, 10, 10, 10);
        assertThat(vertex(2).parallelism()).isEqualTo(2);
    }

    @Test
    void theJobEndsWhenTheSubtasksThatThereAreHaveFinished() {
        begin(job(KEY_GROUP));
        writes(attempt(1, 1, 0, 0), 0, 1, 1, 1, 1, 1, 1);
        writes(attempt(1, 1, 1, 0), 0, 1, 1, 1, 1, 1, 1);
        assertThat(deployed()).containsExactly(attempt(1, 2, 0, 0));
        writes(attempt(1, 2, 0, 0), 1, 7);
        AttemptId sink = attempt(1, 3, 0, 0);
        it.becomes(workerOf(sink), sink, TaskState.RUNNING);
        it.finishes(workerOf(sink), sink);
        assertThat(it.job(1).state()).isEqualTo(JobState.COMMITTING);
    }

    @Test
    void aRangeThatCannotBeCutIsNamed() {
        begin(job(KEY_GROUP));
        writes(attempt(1, 1, 0, 0), 0, 10, 10, 9_000, 10, 10, 10);
        writes(attempt(1, 1, 1, 0), 0, 10, 10, 9_000, 10, 10, 10);
        assertThat(vertex(2).decision())
                .contains("skewed: range 2 alone has", "the subtask in the middle");
    }

    /** With all ranges of all writers, a message would have more than 16 MB. */
    @Test
    void aThousandWritersAndAThousandReadersFitIntoControlFrames() {
        it.submit(
                JobGraphs.job(1)
                        .vertex(1_000, SOURCE)
                        .vertex(1_000, SINK)
                        .stored(1, 2, KEY_GROUP)
                        .build());
        it.registers("a", 1_000);
        int[] bytes = new int[1_000];
        Arrays.fill(bytes, 1_000_000);
        for (int producer = 0; producer < 1_000; producer++) {
            it.writes("a", attempt(1, 1, producer, 0), 0, bytes);
        }
        assertThat(deployed()).hasSize(1_000);
        for (ToWorker.DeployTasks deploy : deployments()) {
            assertThat(deploy.inputs()).hasSize(1_000);
            assertThat(MessageCodec.encode(deploy))
                    .hasSizeLessThan(Connection.MAX_CONTROL_FRAME_BYTES / 4);
        }
    }
}
