package io.millrace.api.stream;

import io.millrace.api.option.Configuration;
import java.util.concurrent.Executor;

/** Makes a listener for each job. Has a public constructor without parameters. */
public interface JobStatusChangedListenerFactory {
    /** Called once for a job, before it is submitted. */
    JobStatusChangedListener createListener(Context context);

    /** What a factory can have. */
    interface Context {
        /** The options of the job; a copy. */
        Configuration getConfiguration();

        /** Sees the classes of the program. */
        ClassLoader getUserClassLoader();

        /** For what waits, so that {@code onEvent} need not; until the job has ended. */
        Executor getIOExecutor();
    }
}
