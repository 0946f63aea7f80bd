package io.millrace.runtime.exchange;

import io.millrace.api.option.Option;
import java.time.Duration;

/** Options of every exchange, in a process and between workers. */
public final class ExchangeOptions {
    public static final Option<Duration> DRAIN_TARGET =
            Option.duration("exchange.drain-target")
                    .defaultTo(Duration.ofMillis(200))
                    .between(Duration.ofMillis(1), Duration.ofMinutes(1))
                    .describe(
                            "Longest time that what is queued in one channel should take its reader;"
                                    + " at least one chunk is. Lower: events pass faster where a"
                                    + " reader is slow. Higher: longer bursts are absorbed.");

    private ExchangeOptions() {}
}
