package io.millrace.host.embedded;

import io.millrace.api.option.Config;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Executors of programs that fail on purpose. */
final class RestartingExecutor {
    private RestartingExecutor() {}

    /**
     * Two workers, three restarts at once.
     *
     * @param checkpoints the directory of checkpoints
     * @param more options
     */
    static EmbeddedJobExecutor of(Path checkpoints, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("embedded.workers", "2");
        options.put("restart.strategy", "fixed-delay");
        options.put("restart.attempts", "3");
        options.put("restart.delay", "10 ms");
        options.put("execution.checkpointing.dir", checkpoints.toUri().toString());
        return new EmbeddedJobExecutor(
                Config.of(options), RestartingExecutor.class.getClassLoader());
    }
}
