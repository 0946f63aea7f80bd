package io.millrace.host.submit;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CleanupsTest {
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
        assertThat(sink.cleaned).isNull();

        ended.complete(CANCELED);

        assertThat(heard.join()).isEqualTo(CANCELED);
        assertThat(sink.cleaned).isEqualTo(CANCELED.jobId().hex());
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
                new StreamGraph(
                        "job", ExecutionMode.BATCH, List.of(node), List.of(), Config.empty()),
                CleanupsTest.class.getClassLoader());
    }

    /** Remembers the job; written by the clean-up's thread before the result is seen. */
    private static final class Tidy<T> extends DiscardingSink<T> implements SupportsCleanup {
        private static final long serialVersionUID = 1L;

        private final String failure;
        private volatile String cleaned;

        private Tidy(String failure) {
            this.failure = failure;
        }

        @Override
        public void cleanUp(io.millrace.api.sink.InitContext context) throws IOException {
            if (failure != null) {
                throw new IOException(failure);
            }
            cleaned = context.getJobInfo().getJobId().toHexString();
        }
    }
}
