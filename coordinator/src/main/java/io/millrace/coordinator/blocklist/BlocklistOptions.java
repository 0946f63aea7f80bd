package io.millrace.coordinator.blocklist;

import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/** Options of the blocklist. Only {@link BlocklistSettings} reads them. */
final class BlocklistOptions {
    private static final String PREFIX = "cluster.blocklist.";

    static final Option<Boolean> ENABLED =
            Option.bool(PREFIX + "enabled")
                    .defaultTo(true)
                    .describe(
                            "Whether a node where things keep going wrong gets no new tasks and"
                                    + " workers for a while. At most half of the nodes at a time,"
                                    + " and never the last one.");

    static final Option<Integer> FAILURES =
            Option.integer(PREFIX + "failures")
                    .defaultTo(3)
                    .between(1, 1_000)
                    .describe(
                            "So many failures on one node block it, if it has had at least twice as"
                                    + " many as the other nodes on average: workers that were lost,"
                                    + " and tasks that failed for no fault of the program or of"
                                    + " another worker.");

    static final Option<Duration> WINDOW =
            Option.duration(PREFIX + "window")
                    .defaultTo(Duration.ofMinutes(10))
                    .between(Duration.ofSeconds(1), Duration.ofDays(7))
                    .describe("How long a failure is remembered.");

    static final Option<Duration> DURATION =
            Option.duration(PREFIX + "duration")
                    .defaultTo(Duration.ofMinutes(10))
                    .between(Duration.ofSeconds(1), Duration.ofDays(7))
                    .describe("How long a node stays blocked for its failures.");

    static final List<Option<?>> ALL = List.of(ENABLED, FAILURES, WINDOW, DURATION);

    private BlocklistOptions() {}
}
