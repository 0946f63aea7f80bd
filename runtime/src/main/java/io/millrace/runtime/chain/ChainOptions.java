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

    private ChainOptions() {}
}
