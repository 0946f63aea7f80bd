package io.millrace.host;

import io.millrace.host.checkpoint.Checkpoints;
import io.millrace.host.checkpoint.SavepointFiles;
import io.millrace.host.usercode.Committers;
import io.millrace.host.usercode.Enumerators;

/** What works for jobs on threads of its own. Confined to the coordinator's thread. */
record JobServices(
        Enumerators enumerators,
        Committers committers,
        Checkpoints checkpoints,
        SavepointFiles savepoints)
        implements AutoCloseable {
    @Override
    public void close() {
        try (savepoints;
                checkpoints;
                committers;
                enumerators) {
            // closed in reverse order, also when the first close fails
        }
    }
}
