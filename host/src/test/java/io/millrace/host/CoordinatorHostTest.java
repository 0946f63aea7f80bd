package io.millrace.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalStore;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.wire.AppSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoordinatorHostTest {
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");

    private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();
    private final FakeDriver driver = new FakeDriver();
    private final FakeJournal journal = new FakeJournal();

    @Test
    void acceptsAJobWhenItIsInTheJournalAndTheViewShowsIt() throws Exception {
        try (CoordinatorHost host = start()) {
            host.submit(graph());

            assertThat(journal.entries).hasSize(1);
            assertThat(host.view().job(JOB)).isPresent();
            assertThat(driver.wanted.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(journal.closed).isTrue();
        assertThat(driver.closed).isTrue();
    }

    @Test
    void tellsTheResultOfACancelledJobAndItsView() throws Exception {
        try (CoordinatorHost host = start()) {
            host.submit(graph());

            host.cancel(JOB, "test");

            JobResult result = host.result(JOB).get(30, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(JobResult.Outcome.CANCELED);
            assertThat(host.view().job(JOB).orElseThrow().state()).isEqualTo(JobState.CANCELED);
        }
    }

    @Test
    void failsJobsWhoseWorkersTheClusterRefuses() throws Exception {
        try (CoordinatorHost host = start()) {
            host.submit(graph());

            driver.listener.onRefused(
                    new FailureReport(ErrorCode.QUEUE_NOT_FOUND, "no queue 'x'.", "", null));

            assertThat(host.result(JOB).get(30, TimeUnit.SECONDS).failure().code())
                    .isEqualTo(ErrorCode.QUEUE_NOT_FOUND);
        }
    }

    @Test
    void givesUpLeadershipWhenTheJournalRefusesAnEntry() throws Exception {
        journal.refuses = new MillraceException(ErrorCode.LEADERSHIP_LOST, "epoch 9 has written");
        try (CoordinatorHost host = start()) {
            CompletableFuture<JobResult> result = host.result(JOB);

            assertThatThrownBy(() -> host.submit(graph()))
                    .hasMessageStartingWith("LEADERSHIP_LOST");

            assertThat(fatal.get(30, TimeUnit.SECONDS)).isSameAs(journal.refuses);
            assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("LEADERSHIP_LOST");
            assertThat(driver.wanted).isNotDone();
            assertThatThrownBy(() -> host.submit(graph()))
                    .hasMessageStartingWith("LEADERSHIP_LOST");
        }
    }

    @Test
    void givesUpWhenTheJournalCannotBeRead() throws Exception {
        journal.entries.add(new byte[] {1, 2, 3, 4, 5});

        try (CoordinatorHost host = start()) {
            assertThat(fatal.get(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void listensForWorkersUnderItsAdvertisedName() {
        HostSettings settings =
                HostSettings.listening(
                        Config.empty(), new WorkerSpec(1, 64, 1), "127.0.0.1", "am.example");
        try (CoordinatorHost host = start(settings)) {
            assertThat(host.controlAddress().getHostString()).isEqualTo("am.example");
            assertThat(host.controlAddress().getPort()).isPositive();
        }
    }

    private CoordinatorHost start() {
        return start(HostSettings.inProcess(Config.empty(), new WorkerSpec(1, 64, 1)));
    }

    private CoordinatorHost start(HostSettings settings) {
        return CoordinatorHost.start(
                settings,
                host -> driver,
                journal,
                AppSecret.random(),
                1,
                NoPointers.PLACES,
                graph -> getClass().getClassLoader(),
                fatal::complete);
    }

    private static JobGraph graph() {
        return new JobGraph(
                JOB,
                "words",
                ExecutionMode.BATCH,
                true,
                List.of(new JobVertex(1, "map", 1, 128, "default", List.of())),
                List.of(),
                Map.of(),
                List.of());
    }

    private static final class FakeDriver implements ResourceDriver {
        private final CompletableFuture<Integer> wanted = new CompletableFuture<>();
        private volatile Listener listener; // set by the test's thread, called by it too
        private volatile boolean closed;

        @Override
        public void start(Listener listener, WorkerSpec spec) {
            this.listener = listener;
        }

        @Override
        public void want(int workers) {
            wanted.complete(workers);
        }

        @Override
        public void release(String workerId, String reason) {}

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class FakeJournal implements JournalStore {
        private final List<byte[]> entries = new ArrayList<>();
        private MillraceException refuses;
        private boolean closed;

        @Override
        public void append(byte[] entry) {
            if (refuses != null) {
                throw refuses;
            }
            entries.add(entry);
        }

        @Override
        public List<byte[]> readAll() {
            return List.copyOf(entries);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
