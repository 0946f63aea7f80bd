package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.FORWARD;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes on which things keep going wrong. */
class BlockedNodesTest {
    private final CoordinatorHarness it = new CoordinatorHarness();

    private static JobGraph pipeline() {
        return JobGraphs.job(1)
                .vertex(1, SOURCE)
                .vertex(1, SINK)
                .edge(1, 2, FORWARD)
                .config("restart.strategy", "fixed-delay")
                .config("restart.attempts", "100")
                .config("restart.delay", "0 ms")
                .build();
    }

    /** The job's only region breaks on its worker, and would start again. */
    private void breaks(ErrorCode code) {
        int attempt = it.subtask(1, 1, 0).attempt();
        String worker = it.subtask(1, 1, 0).workerId();
        it.becomes(worker, attempt(1, 1, 0, attempt), TaskState.RUNNING);
        it.becomes(worker, attempt(1, 2, 0, attempt), TaskState.RUNNING);
        it.fails(worker, attempt(1, 1, 0, attempt), code);
        it.becomes(worker, attempt(1, 2, 0, attempt), TaskState.CANCELED);
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/0", attempt);
    }

    private List<String> blocked() {
        return it.coordinator.view().blocked().stream().map(BlockedNode::node).toList();
    }

    private String worker() {
        return it.subtask(1, 1, 0).workerId();
    }

    /** On a, with b beside; three failures block the node of a. */
    private void keepsFailingOnTheFirstNode() {
        it.submit(pipeline());
        it.registers("a", 1);
        it.registers("b", 1);
        breaks(ErrorCode.STORAGE_FAILED);
        breaks(ErrorCode.STORAGE_FAILED);
        assertThat(worker()).as("a job keeps its slots").isEqualTo("a");
        breaks(ErrorCode.STORAGE_FAILED);
    }

    @Test
    void aNodeWhereTasksKeepFailingGetsNoMore() {
        keepsFailingOnTheFirstNode();
        assertThat(blocked()).containsExactly("host-a");
        assertThat(it.coordinator.view().blocked().get(0).reason())
                .contains("3 failures", "STORAGE_FAILED");
        assertThat(worker()).isEqualTo("b");
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void theClusterIsToldAndToldAgainWhenItIsOver() {
        it.submit(pipeline());
        it.registers("a", 1);
        it.registers("b", 1);
        breaks(ErrorCode.STORAGE_FAILED);
        breaks(ErrorCode.STORAGE_FAILED);
        int attempt = it.subtask(1, 1, 0).attempt();
        it.becomes("a", attempt(1, 1, 0, attempt), TaskState.RUNNING);
        it.fails("a", attempt(1, 1, 0, attempt), ErrorCode.STORAGE_FAILED);
        assertThat(it.effects(Effect.AvoidNodes.class).get(0).nodes())
                .extracting(BlockedNode::node)
                .containsExactly("host-a");
        it.nowMs += 30_000;
        it.fires(Purpose.NODE_BLOCKED, "", 1);
        assertThat(it.effects(Effect.AvoidNodes.class))
                .containsExactly(new Effect.AvoidNodes(List.of()));
        assertThat(blocked()).isEmpty();
    }

    @Test
    void theProgramsMistakesSpeakAgainstNoNode() {
        it.submit(pipeline());
        it.registers("a", 1);
        it.registers("b", 1);
        for (int i = 0; i < 5; i++) {
            breaks(ErrorCode.USER_CODE_FAILED);
        }
        assertThat(blocked()).isEmpty();
    }

    @Test
    void workersThatAreLostSpeakAgainstTheirNode() {
        it.submit(pipeline());
        it.registers("good", 1);
        for (int i = 0; i < 3; i++) {
            it.registers("bad-" + i, "bad", 1);
            it.gone("bad-" + i);
        }
        assertThat(blocked()).containsExactly("bad");
    }

    @Test
    void aJobThatHasNoOtherNodeGoesOnThere() {
        it.submit(pipeline());
        it.registers("a", 1);
        for (int i = 0; i < 5; i++) {
            breaks(ErrorCode.STORAGE_FAILED);
        }
        assertThat(blocked()).isEmpty();
        assertThat(worker()).isEqualTo("a");
    }

    @Test
    void theLastNodeIsUsedAlthoughItIsBlocked() {
        keepsFailingOnTheFirstNode();
        it.gone("b");
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/0", 3);
        assertThat(blocked()).containsExactly("host-a");
        assertThat(worker()).isEqualTo("a");
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void nodesAreLetGoWhenAJobWaitsForOthersInVain() {
        keepsFailingOnTheFirstNode();
        it.submit(JobGraphs.job(2).vertex(1, SOURCE, SINK).build());
        assertThat(it.sent(ToWorker.DeployTasks.class)).as("a has a slot").isEmpty();
        assertThat(it.effects(Effect.WantWorkers.class))
                .extracting(Effect.WantWorkers::count)
                .containsExactly(3);
        it.nowMs += NodeBlocks.NEEDED_AFTER_MS;
        it.fires(Purpose.BLOCKED_NODES_NEEDED, "", 1);
        assertThat(blocked()).isEmpty();
        assertThat(it.sent(ToWorker.DeployTasks.class)).hasSize(1);
        assertThat(it.subtask(2, 1, 0).workerId()).isEqualTo("a");
    }

    @Test
    void aStageGoesOnWithoutTheBlockedNode() {
        it.submit(
                JobGraphs.job(1)
                        .vertex(4, SOURCE)
                        .vertex(1, MAP, SINK)
                        .stored(1, 2, KEY_GROUP)
                        .build());
        it.registers("a", "bad", 1);
        it.registers("b", "good", 1);
        for (int i = 0; i < 3; i++) {
            it.registers("c" + i, "bad", 1);
            it.gone("c" + i);
        }
        assertThat(blocked()).containsExactly("bad");
        int subtask = 0;
        while (!"a".equals(it.subtask(1, 1, subtask).workerId())) {
            subtask++;
        }
        int attempt = it.subtask(1, 1, subtask).attempt();
        it.becomes("a", attempt(1, 1, subtask, attempt), TaskState.RUNNING);
        it.writes("a", attempt(1, 1, subtask, attempt), 0, 5);
        assertThat(it.sent(ToWorker.DeployTasks.class)).as("what ran there has ended").isEmpty();
    }

    /** Two regions share the slots, the other one's task there has ended, too. */
    @Test
    void aSlotInWhichNothingRunsIsGivenBackThoughItsOtherRegionStillEnds() {
        it.submit(
                JobGraphs.job(1)
                        .vertex(2, SOURCE, SINK)
                        .vertex(2, SOURCE)
                        .vertex(2, SINK)
                        .edge(2, 3, REBALANCE)
                        .config("restart.strategy", "fixed-delay")
                        .config("restart.attempts", "100")
                        .config("restart.delay", "0 ms")
                        .build());
        it.registers("a", "good", 1);
        it.registers("b", "bad", 1);
        int there = "b".equals(it.subtask(1, 1, 0).workerId()) ? 0 : 1;
        it.registers("c", "bad", 1);
        it.gone("c");
        it.fails("b", attempt(1, 1, there, 0), ErrorCode.STORAGE_FAILED);
        it.fails("b", attempt(1, 2, there, 0), ErrorCode.STORAGE_FAILED);
        it.fails("b", attempt(1, 3, there, 0), ErrorCode.STORAGE_FAILED);
        assertThat(blocked()).containsExactly("bad");
        it.becomes("a", attempt(1, 1, 1 - there, 0), TaskState.CANCELED);
        assertThat(it.sent(ToWorker.DeployTasks.class)).as("the other region ends").isEmpty();
        assertThat(it.effects(Effect.WantWorkers.class)).isNotEmpty();
        it.registers("d", "good", 1);
        assertThat(it.subtask(1, 1, there).workerId()).isEqualTo("d");
    }
}
