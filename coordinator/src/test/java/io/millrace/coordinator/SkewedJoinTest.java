package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.BOUNDED_JOIN;
import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.plan.StoredReads;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A join one range of which has far more bytes than the others. */
class SkewedJoinTest {
    private CoordinatorHarness it = new CoordinatorHarness();

    /** Two writers of the first input, one of the second; at most six joins. */
    private static JobGraph job(Integer... cuttable) {
        return job(true, cuttable);
    }

    private static JobGraph job(boolean enabled, Integer... cuttable) {
        return JobGraphs.job(1)
                .vertex(2, SOURCE)
                .vertex(1, SOURCE)
                .vertex(2, BOUNDED_JOIN)
                .undecidedJoin(6, 6, cuttable)
                .storedTo(1, 3, 0, KEY_GROUP)
                .storedTo(2, 3, 1, KEY_GROUP)
                .config(AdaptiveOptions.BYTES_PER_TASK.key(), "100 b")
                .config(AdaptiveOptions.SKEWED_THRESHOLD.key(), "200 b")
                .config(AdaptiveOptions.SKEWED_ENABLED.key(), String.valueOf(enabled))
                .build();
    }

    private void writes(AttemptId attempt, int edge, int... bytes) {
        String worker = it.subtask(1, attempt.vertexId(), attempt.subtask()).workerId();
        it.becomes(worker, attempt, TaskState.RUNNING);
        it.writes(worker, attempt, edge, bytes);
    }

    private void inputsAreThere(JobGraph graph) {
        it.submit(graph);
        it.registers("a", 8);
        writes(attempt(1, 1, 0, 0), 0, 10, 10, 500, 10, 10, 10);
        writes(attempt(1, 1, 1, 0), 0, 10, 10, 500, 10, 10, 10);
        writes(attempt(1, 2, 0, 0), 1, 5, 5, 5, 5, 5, 5);
    }

    /** The writers by edge that each subtask of the join is told of. */
    private Map<Integer, String> read() {
        Map<Integer, String> read = new TreeMap<>();
        for (ToWorker.DeployTasks deploy : it.sent(ToWorker.DeployTasks.class)) {
            for (AttemptId task : deploy.tasks()) {
                StringBuilder text = new StringBuilder();
                for (var edge : deploy.graph().edges()) {
                    StoredReads.of(deploy.graph(), edge, task.subtask())
                            .forEach(
                                    each ->
                                            text.append(
                                                    String.format(
                                                            " %d/%d:%d-%d",
                                                            edge.id(),
                                                            each.producer(),
                                                            each.from(),
                                                            each.to())));
                }
                read.put(task.subtask(), text.substring(1));
            }
        }
        return read;
    }

    @Test
    void severalSubtasksShareTheRangeAndEachReadsAllOfTheOtherInput() {
        inputsAreThere(job(0));
        assertThat(read().values())
                .containsExactly(
                        "0/0:0-2 0/1:0-2 1/0:0-2",
                        "0/0:2-3 1/0:2-3",
                        "0/1:2-3 1/0:2-3",
                        "0/0:3-6 0/1:3-6 1/0:3-6");
        assertThat(it.sent(ToWorker.DeployTasks.class))
                .flatExtracting(ToWorker.DeployTasks::inputs)
                .extracting(ResultInput::id)
                .hasSize(3);
    }

    @Test
    void peopleAreToldWhatIsSkewedAndWhatToDo() {
        inputsAreThere(job(0));
        String warning = it.effects(Effect.Warn.class).get(0).text();
        assertThat(warning)
                .contains("vertex-3")
                .contains("range 2 of the first input has 1000 bytes")
                .contains("the range in the middle 20 bytes")
                .contains("2 subtasks share it")
                .contains("handle that key apart");
        assertThat(it.job(1).vertex(3).orElseThrow().decision()).contains("skewed: range 2");
    }

    @Test
    void whatMayNotBeCutIsOneSubtaskAndPeopleAreTold() {
        inputsAreThere(job());
        assertThat(read()).hasSize(3);
        assertThat(it.effects(Effect.Warn.class).get(0).text())
                .contains("range 2 alone has 1005 bytes")
                .contains("cannot be cut");
    }

    @Test
    void nothingIsCutIfTheProgramDoesNotWantIt() {
        inputsAreThere(job(false, 0));
        assertThat(read()).hasSize(3);
    }

    @Test
    void aPartThatFailsRunsAgainWithTheSamePart() {
        inputsAreThere(job(0));
        it.fails("a", attempt(1, 3, 2, 0), ErrorCode.EXCHANGE_FAILED);
        it.fires(TimerId.Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/5", 0);
        assertThat(read()).containsExactly(Map.entry(2, "0/1:2-3 1/0:2-3"));
    }

    @Test
    void theNextLeaderGoesOnWithTheSameCuts() {
        inputsAreThere(job(0));
        it = new CoordinatorHarness(it);
        it.returns(
                "a",
                8,
                new ResultId(JobGraphs.id(1), 0, 0, 0),
                new ResultId(JobGraphs.id(1), 0, 1, 0),
                new ResultId(JobGraphs.id(1), 1, 0, 0));
        assertThat(read())
                .hasSize(4)
                .containsEntry(1, "0/0:2-3 1/0:2-3")
                .containsEntry(2, "0/1:2-3 1/0:2-3");
    }

    /**
     * Writers that are dealt records by turns get others when those are dealt anew: then parts of a
     * range that come from two attempts would have some records twice and others never.
     */
    @Test
    void partsBeginAnewTogetherWhenTheirWritersGetOtherRecords() {
        it.submit(
                JobGraphs.job(1)
                        .vertex(1, SOURCE)
                        .vertex(2, MAP)
                        .vertex(1, SOURCE)
                        .vertex(2, BOUNDED_JOIN)
                        .undecidedJoin(6, 6, 0)
                        .stored(1, 2, REBALANCE)
                        .storedTo(2, 4, 0, KEY_GROUP)
                        .storedTo(3, 4, 1, KEY_GROUP)
                        .config(AdaptiveOptions.BYTES_PER_TASK.key(), "100 b")
                        .config(AdaptiveOptions.SKEWED_THRESHOLD.key(), "200 b")
                        .build());
        it.registers("a", 8);
        writes(attempt(1, 1, 0, 0), 0, 10, 10);
        writes(attempt(1, 3, 0, 0), 2, 5, 5, 5, 5, 5, 5);
        writes(attempt(1, 2, 0, 0), 1, 10, 10, 500, 10, 10, 10);
        writes(attempt(1, 2, 1, 0), 1, 10, 10, 500, 10, 10, 10);
        assertThat(it.job(1).vertex(4).orElseThrow().subtasks()).hasSize(4);
        it.becomes("a", attempt(1, 4, 1, 0), TaskState.RUNNING);
        it.finishes("a", attempt(1, 4, 1, 0));

        it.gone("a");
        for (int region : new int[] {4, 6, 7}) { // the other parts
            it.fires(TimerId.Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/" + region, 0);
        }
        it.registers("b", 8);
        again(attempt(1, 1, 0, 1), 0, 10, 10);
        again(attempt(1, 3, 0, 1), 2, 5, 5, 5, 5, 5, 5);
        again(attempt(1, 2, 0, 1), 1, 10, 10, 900, 10, 10, 10);
        again(attempt(1, 2, 1, 1), 1, 10, 10, 100, 10, 10, 10);

        assertThat(it.job(1).vertex(4).orElseThrow().subtasks())
                .extracting(ClusterView.SubtaskView::attempt)
                .as("the second part had finished")
                .containsExactly(1, 1, 1, 1);
    }

    private void again(AttemptId attempt, int edge, int... bytes) {
        it.becomes("b", attempt, TaskState.RUNNING);
        it.writes("b", attempt, edge, bytes);
    }
}
