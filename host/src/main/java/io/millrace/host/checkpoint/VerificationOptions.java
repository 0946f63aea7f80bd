package io.millrace.host.checkpoint;

import io.millrace.api.option.Option;

/** Options of the reading of complete checkpoints. Only this package reads them. */
final class VerificationOptions {
    static final Option<Long> RATE =
            Option.size("execution.checkpointing.verification-rate")
                    .defaultTo(32L << 20)
                    .between(0L, 1L << 40)
                    .describe(
                            "Bytes per second at which complete checkpoints are read once more in"
                                    + " the background, so that damage shows while an undamaged"
                                    + " checkpoint is there; 0 for never. Lower: less load on"
                                    + " storage. Higher: damage shows sooner.");

    private VerificationOptions() {}
}
