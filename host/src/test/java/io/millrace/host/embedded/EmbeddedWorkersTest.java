package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.NodeService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedWorkersTest {
    private final BlockingQueue<FailureReport> refused = new LinkedBlockingQueue<>();

    private final ResourceDriver.Listener listener =
            new ResourceDriver.Listener() {
                @Override
                public void onWorkerEnded(String workerId, String reason) {}

                @Override
                public void onNodeServes(String workerId, NodeService service) {}

                @Override
                public void onNodeLost(String node) {}

                @Override
                public void onRefused(FailureReport failure) {
                    refused.add(failure);
                }
            };

    /** A program that brings half of a library must end, not wait for workers for ever. */
    @Test
    void aWorkerWhoseClassesDoNotFitIsRefused() throws InterruptedException {
        try (EmbeddedWorkers workers =
                new EmbeddedWorkers(
                        (workerId, spec) -> {
                            throw new NoClassDefFoundError("lib/Missing");
                        })) {
            workers.start(listener, new WorkerSpec(1, 64, 1));
            workers.want(1);

            FailureReport failure = refused.poll(1, TimeUnit.MINUTES);

            assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCES_NOT_GRANTED);
            assertThat(failure.summary()).contains("did not start", "lib/Missing");
        }
    }
}
