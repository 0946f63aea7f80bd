package io.millrace.host.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec.SinkSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.option.Config;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SupportsCleanup;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CleanupsTest {
    private static final String EARLIER = "f".repeat(32);
    private static final JobResult CANCELED =
            new JobResult(
                    new JobId("0123456789abcdef0123456789abcdef"),
                    "job",
                    Outcome.CANCELED,
                    null,
                    0,
                    0,
                    0,
                    0);

    private final CompletableFuture<JobResult> ended = new CompletableFuture<>();

    @Test
    void asksTheSinksAfterTheEndAndBeforeTheProgramHearsOfIt() {
        Tidy<String> sink = new Tidy<>(null);
        CompletableFuture<JobResult> heard = cleanups(sink).after(ended);
        assertThat(sink.cleaned).isEmpty();

        ended.complete(CANCELED);

        assertThat(heard.join()).isEqualTo(CANCELED);
        assertThat(sink.cleaned).containsExactly(CANCELED.jobId().hex());
    }

    private static Config from(Path checkpoint, String claimMode) {
        return Config.empty()
                .with(CheckpointOptions.RECOVERY_PATH, checkpoint.toUri().toString())
                .with(CheckpointOptions.CLAIM_MODE.key(), claimMode);
    }

    private List<String> cleanedFrom(Config config) {
        Tidy<String> sink = new Tidy<>(null);
        CompletableFuture<JobResult> heard = cleanups(sink, config).after(ended);
        ended.complete(CANCELED);
        heard.join();
        return sink.cleaned;
    }

    @Test
    void asksForTheJobWhoseCheckpointWasClaimedOnceThatIsGone(@TempDir Path directory)
            throws IOException {
        Path checkpoint = directory.resolve(EARLIER).resolve("1/7");
        assertThat(cleanedFrom(from(checkpoint, "CLAIM")))
                .containsExactly(CANCELED.jobId().hex(), EARLIER);
    }

    @Test
    void leavesWhatAJobHasStagedThatCanBeStartedAgain(@TempDir Path directory) throws IOException {
        Path checkpoint = directory.resolve(EARLIER).resolve("1/7");
        Files.createDirectories(checkpoint);
        Files.createFile(checkpoint.resolve("manifest"));
        assertThat(cleanedFrom(from(checkpoint, "CLAIM"))).doesNotContain(EARLIER);
    }

    @Test
    void leavesWhatIsNotClaimed(@TempDir Path directory) {
        Path checkpoint = directory.resolve(EARLIER).resolve("1/7");
        assertThat(cleanedFrom(from(checkpoint, "NO_CLAIM"))).doesNotContain(EARLIER);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"COMMIT_FAILED", "DATA_LOSS"})
    void leavesWhatACommitMayStillMakeVisible(ErrorCode code) {
        Tidy<String> sink = new Tidy<>(null);
        CompletableFuture<JobResult> heard = cleanups(sink).after(ended);
        ended.complete(
                new JobResult(
                        CANCELED.jobId(),
                        "job",
                        Outcome.FAILED,
                        new FailureReport(code, "no quota", "", "Sink: x"),
                        0,
                        0,
                        0,
                        0));
        heard.join();
        assertThat(sink.cleaned).isEmpty();
    }

    @Test
    void keepsTheJobsResultIfASinkFails() {
        CompletableFuture<JobResult> heard = cleanups(new Tidy<>("no disk")).after(ended);
        ended.complete(CANCELED);
        assertThat(heard.join()).isEqualTo(CANCELED);
    }

    @Test
    void addsNothingToAJobWithoutSuchSinks() {
        assertThat(cleanups(new DiscardingSink<String>()).after(ended)).isSameAs(ended);
    }

    private static Cleanups cleanups(Sink<String> sink) {
        return cleanups(sink, Config.empty());
    }

    private static Cleanups cleanups(Sink<String> sink, Config config) {
        StreamNode node =
                new StreamNode(
                        1,
                        "Sink: x",
                        null,
                        new SinkSpec(sink),
                        1,
                        128,
                        "default",
                        null,
                        Chaining.ALWAYS);
        return new Cleanups(
                new StreamGraph("job", ExecutionMode.BATCH, List.of(node), List.of(), config),
                CleanupsTest.class.getClassLoader());
    }

    /** Remembers the jobs; written by the clean-up's thread before the result is seen. */
    private static final class Tidy<T> extends DiscardingSink<T> implements SupportsCleanup {
        private static final long serialVersionUID = 1L;

        private final String failure;
        private final CopyOnWriteArrayList<String> cleaned = new CopyOnWriteArrayList<>();

        private Tidy(String failure) {
            this.failure = failure;
        }

        @Override
        public void cleanUp(io.millrace.api.sink.InitContext context) throws IOException {
            if (failure != null) {
                throw new IOException(failure);
            }
            cleaned.add(context.getJobInfo().getJobId().toHexString());
        }
    }
}
