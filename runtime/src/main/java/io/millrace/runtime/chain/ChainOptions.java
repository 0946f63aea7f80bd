package io.millrace.runtime.chain;

import io.millrace.api.option.Option;

/** Options of chains; read from a job's own options. */
public final class ChainOptions {
    public static final Option<Boolean> PROFILE_ISOLATION =
            Option.bool("job.profile-isolation")
                    .defaultTo(true)
                    .describe(
                            "Gives each chain its own copy of the operator classes, so that the"
                                    + " Java compiler optimises it by itself. Off saves a few"
                                    + " milliseconds for each chain at start and makes stack traces of"
                                    + " the engine complete.");

    /** Set by the system property of the same name too, to run a test suite in this mode. */
    public static final Option<Boolean> DEBUG_COPIES =
            Option.bool("job.debug-copies")
                    .defaultTo(false)
                    .describe(
                            "Hands every record over as a copy and compares: a function that"
                                    + " changes a record which it has emitted or received ends the"
                                    + " job with an error that names it. Slow; for tests.");

    private ChainOptions() {}
}
