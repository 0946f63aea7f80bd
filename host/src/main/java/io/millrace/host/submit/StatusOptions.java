package io.millrace.host.submit;

import io.millrace.api.option.Option;
import java.util.List;

/** Options of listeners to the status of jobs. Only this package reads them. */
final class StatusOptions {
    static final Option<List<String>> LISTENERS =
            Option.listOf(Option.string("execution.job-status-changed-listeners"))
                    .defaultTo(List.of())
                    .describe(
                            "Classes that make listeners to the status of jobs, each a"
                                    + " JobStatusChangedListenerFactory in the program's jars. Whoever"
                                    + " wants to know when a job runs, restarts or has ended.");

    private StatusOptions() {}
}
