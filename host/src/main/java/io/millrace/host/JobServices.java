package io.millrace.host;

import io.millrace.host.checkpoint.Checkpoints;
import io.millrace.host.usercode.Committers;
import io.millrace.host.usercode.Enumerators;

/** What works for jobs on threads of its own. Confined to the coordinator's thread. */
record JobServices(Enumerators enumerators, Committers committers, Checkpoints checkpoints)
        implements AutoCloseable {
    @Override
    public void close() {
        try (checkpoints;
                committers;
                enumerators) {
            // closed in reverse order, also when the first close fails
        }
    }
}
