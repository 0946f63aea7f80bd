package io.millrace.api.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who hears of the jobs of an environment. What a listener throws is logged and goes no further.
 * Confined to the thread of {@code main()}.
 */
final class JobListeners {
    private static final Logger LOG = LoggerFactory.getLogger(JobListeners.class);

    private final List<JobListener> listeners = new ArrayList<>();

    /** The list itself, to be changed. */
    List<JobListener> all() {
        return listeners;
    }

    void tell(Consumer<JobListener> what) {
        for (JobListener listener : List.copyOf(listeners)) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("A job listener failed. listener={}", listener.getClass().getName(), e);
            }
        }
    }

    /** Waits for a job and tells how it ended. */
    JobExecutionResult await(JobClient client) throws Exception {
        try {
            JobExecutionResult result = client.getJobExecutionResult().get();
            tell(listener -> listener.onJobExecuted(result, null));
            return result;
        } catch (ExecutionException e) {
            Exception cause = e.getCause() instanceof Exception known ? known : e;
            tell(listener -> listener.onJobExecuted(null, cause));
            throw cause;
        }
    }
}
