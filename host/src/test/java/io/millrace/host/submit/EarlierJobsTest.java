package io.millrace.host.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.JobExecutor;
import io.millrace.api.option.Config;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EarlierJobsTest {
    private final List<JobGraph> submitted = new ArrayList<>();
    private final Jobs jobs = new RememberingJobs();

    @AfterEach
    void takeBackTheExecutor() {
        StreamExecutionEnvironment.clear();
    }

    @Test
    void whatAProgramSubmitsWhenItRunsAgainIsTheJobThatGoesOn() throws Exception {
        run(EarlierJobs.NONE, 1, "10 s");
        JobGraph first = submitted.remove(0);
        EarlierJobs earlier = EarlierJobs.of(List.of(new JournalEntry.JobAccepted(first, 0)));
        assertThat(run(earlier, 1, "10 s")).isEqualTo(first.jobId());
        assertThat(submitted).isEmpty();
    }

    @Test
    void anotherJobThanBeforeIsRefusedWithTheDifference() throws Exception {
        run(EarlierJobs.NONE, 1, "10 s");
        JobGraph first = submitted.remove(0);
        EarlierJobs earlier = EarlierJobs.of(List.of(new JournalEntry.JobAccepted(first, 0)));
        assertThatThrownBy(() -> run(earlier, 2, "10 s"))
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("parallelism 1")
                .hasMessageContaining("parallelism 2")
                .hasMessageContaining("the running job is not touched");
        assertThat(submitted).isEmpty();
    }

    @Test
    void aJobWithoutCheckpointsRunsAgainUnderItsId() throws Exception {
        run(EarlierJobs.NONE, 1, "0 s");
        JobGraph first = submitted.remove(0);
        EarlierJobs earlier = EarlierJobs.of(List.of(new JournalEntry.JobAccepted(first, 0)));
        run(earlier, 1, "0 s");
        assertThat(submitted).extracting(JobGraph::jobId).containsExactly(first.jobId());
    }

    @Test
    void aJobWithCheckpointsHasADirectoryThatEveryProcessSees() throws Exception {
        run(EarlierJobs.NONE, 1, "10 s");
        assertThat(submitted.get(0).config())
                .containsEntry("execution.checkpointing.dir", "/checkpoints");
    }

    private JobId run(EarlierJobs earlier, int parallelism, String interval) throws Exception {
        JobExecutor executor =
                new HostJobExecutor(
                        jobs,
                        Config.empty(),
                        List.of(),
                        getClass().getClassLoader(),
                        "localhost",
                        "/checkpoints",
                        earlier);
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        if (!interval.equals("0 s")) {
            env.enableCheckpointing(10_000);
        }
        env.fromSequence(1, 10).map(x -> x + 1).print();
        return new JobId(env.executeAsync("job").getJobID().toHexString());
    }

    private final class RememberingJobs implements Jobs {
        @Override
        public void submit(JobGraph graph) {
            submitted.add(graph);
        }

        @Override
        public CompletableFuture<JobResult> result(JobId jobId) {
            return new CompletableFuture<>();
        }

        @Override
        public ClusterView view() {
            return new ClusterView(1, List.of(), List.of());
        }

        @Override
        public void cancel(JobId jobId, String who) {}

        @Override
        public CompletableFuture<OperationView> operate(Operation operation) {
            return new CompletableFuture<>();
        }
    }
}
