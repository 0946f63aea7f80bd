package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results that the shuffle service of a node serves besides their worker. */
class NodeResultsTest {
    private static final NodeService NODE = new NodeService("host:45454", "host", 13_562);
    private static final AttemptId SINK_0 = attempt(1, 2, 0, 0);

    private final CoordinatorHarness it = new CoordinatorHarness();

    /** Sources on workers a, b … have finished, the only sink runs on one of them. */
    private void sourcesAreThrough(int sources, boolean served) {
        it.submit(
                JobGraphs.job(1)
                        .vertex(sources, SOURCE)
                        .vertex(1, SINK)
                        .stored(1, 2, KEY_GROUP)
                        .build());
        for (int source = 0; source < sources; source++) {
            String worker = String.valueOf((char) ('a' + source));
            if (served) {
                it.on(new Event.NodeServes(worker, NODE));
            }
            it.registers(worker, 1);
        }
        for (int source = 0; source < sources; source++) {
            writes(String.valueOf((char) ('a' + source)), attempt(1, 1, source, 0));
        }
        it.becomes(reader(), SINK_0, TaskState.RUNNING);
    }

    private void writes(String worker, AttemptId attempt) {
        it.becomes(worker, attempt, TaskState.RUNNING);
        it.writes(worker, attempt, 0, 5);
    }

    private String reader() {
        return it.subtask(1, 2, 0).workerId();
    }

    private String idle() {
        return reader().equals("a") ? "b" : "a";
    }

    /** The source that ran on the worker that is idle now. */
    private AttemptId idleSource(int attempt) {
        return attempt(1, 1, idle().equals("a") ? 0 : 1, attempt);
    }

    private List<AttemptId> deployed() {
        return it.sent(ToWorker.DeployTasks.class).stream()
                .flatMap(deploy -> deploy.tasks().stream())
                .toList();
    }

    private static ResultId resultOf(AttemptId source) {
        return new ResultId(source.jobId(), 0, source.subtask(), source.attempt());
    }

    private void idleTimerFires() {
        for (int generation = 1; generation < 10; generation++) {
            it.fires(Purpose.WORKERS_IDLE, "", generation);
            if (!it.sent(ToWorker.Shutdown.class).isEmpty()) {
                return;
            }
        }
    }

    @Test
    void readersAreToldWhereTheNodeServes() {
        it.submit(
                JobGraphs.job(1).vertex(1, SOURCE).vertex(1, SINK).stored(1, 2, KEY_GROUP).build());
        it.on(new Event.NodeServes("a", NODE));
        it.registers("a", 1);
        writes("a", attempt(1, 1, 0, 0));
        assertThat(it.sent(ToWorker.DeployTasks.class))
                .flatExtracting(ToWorker.DeployTasks::inputs)
                .extracting(ResultInput::node)
                .containsExactly(NODE);
        assertThat(it.coordinator.view().workers())
                .extracting(ClusterView.WorkerView::shuffle)
                .containsExactly("host:13562");
    }

    @Test
    void aLostWorkerCostsNothingThatItsNodeServes() {
        sourcesAreThrough(2, true);
        String lost = reader();
        it.gone(lost);
        assertThat(deployed()).as("the sink alone, at once").containsExactly(attempt(1, 2, 0, 1));
    }

    @Test
    void theLossOfTheNodeCostsWhatItsWorkersThatHaveEndedWrote() {
        sourcesAreThrough(2, true);
        AttemptId source = idleSource(0);
        it.gone(idle());
        it.on(new Event.NodeLost("host:45454"));
        it.misses(reader(), SINK_0, resultOf(source));
        assertThat(deployed()).containsExactly(idleSource(1));
    }

    @Test
    void theLossOfAnotherNodeCostsNothing() {
        sourcesAreThrough(2, true);
        it.gone(idle());
        it.on(new Event.NodeLost("other:45454"));
        it.fails(reader(), SINK_0, ErrorCode.EXCHANGE_FAILED);
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/2", 0);
        assertThat(deployed()).containsExactly(attempt(1, 2, 0, 1));
    }

    @Test
    void anIdleWorkerGoesEarlyIfItsNodeHasItsResults() {
        sourcesAreThrough(2, true);
        it.nowMs += 1_000;
        idleTimerFires();
        assertThat(it.effects).contains(new Effect.ReleaseWorker(idle(), "no job needs it"));
    }

    @Test
    void anIdleWorkerThatAloneHasResultsIsKept() {
        sourcesAreThrough(2, false);
        it.nowMs += 60_000;
        idleTimerFires();
        assertThat(it.effects).isEmpty();
        assertThat(it.coordinator.view().workers()).hasSize(2);
    }

    @Test
    void anotherWorkerOfTheNodeRemovesWhatOneThatHasEndedLeft() {
        sourcesAreThrough(2, true);
        ResultId left = resultOf(idleSource(0));
        it.gone(idle());
        it.finishes(reader(), SINK_0);
        assertThat(it.sent(ToWorker.DropResults.class))
                .flatExtracting(ToWorker.DropResults::results)
                .contains(left);
    }

    @Test
    void aNodeThatFailsTwiceIsNotReliedOn() {
        sourcesAreThrough(3, true);
        List<String> workers = new ArrayList<>(List.of("a", "b", "c"));
        String reader = reader();
        workers.remove(reader);
        workers.forEach(it::gone);
        for (int failure = 0; failure < 2; failure++) {
            int source = workers.get(failure).charAt(0) - 'a';
            it.misses(reader, attempt(1, 2, 0, failure), resultOf(attempt(1, 1, source, 0)));
            assertThat(deployed()).containsExactly(attempt(1, 1, source, 1));
            writes(reader, attempt(1, 1, source, 1));
            assertThat(deployed()).containsExactly(attempt(1, 2, 0, failure + 1));
            assertThat(nodeOf(resultOf(attempt(1, 1, source, 1))))
                    .isEqualTo(failure == 0 ? NODE : null);
        }
    }

    /** As the deployment that was just sent says. */
    private NodeService nodeOf(ResultId id) {
        return it.sent(ToWorker.DeployTasks.class).stream()
                .flatMap(deploy -> deploy.inputs().stream())
                .filter(input -> input.id().equals(id))
                .findFirst()
                .orElseThrow()
                .node();
    }
}
